package dev.bindery.host.shell;

import dev.bindery.host.HostException;
import dev.bindery.host.Shell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;

/** A session of Gogo's. Its commands run on threads of its own, which end with it. Thread-safe. */
final class GogoSession implements Shell.Session {
    private final CommandSession session;
    private final SessionOutput output;
    private final Completer completer;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean closed;

    GogoSession(CommandSession session, SessionOutput output, Completer completer) {
        this.session = session;
        this.output = output;
        this.completer = completer;
    }

    @Override
    public Optional<String> run(String line, Consumer<String> heard) {
        if (!running.tryLock()) {
            throw new HostException(
                    HostException.Kind.CONFLICT,
                    "this session is running a line already; end it, or open another session");
        }
        try {
            if (closed) {
                throw HostException.notFound("this session of the shell has ended");
            }
            output.to(heard);
            return executed(line, heard);
        } finally {
            output.toNobody();
            running.unlock();
        }
    }

    private Optional<String> executed(String line, Consumer<String> heard) {
        try {
            Object result = session.execute(line);
            if (result != null && !isStatus(result, line)) {
                String text = session.format(result, Converter.INSPECT).toString();
                heard.accept(text.endsWith("\n") ? text : text + "\n");
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            interrupt();
            return Optional.of("interrupted");
        } catch (Exception e) {
            return Optional.of(reason(e));
        }
    }

    /** What a pipe ends with, as grep does, is for scripts: its lines are there already. */
    private static boolean isStatus(Object result, String line) {
        List<Parser.Executable> all = new Parser(line).program().tokens();
        return result instanceof Boolean
                && !all.isEmpty()
                && all.getLast() instanceof Parser.Pipeline;
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case CommandNotFoundException unknown ->
                    "there is no command %s; help lists them".formatted(unknown.getCommand());
            case InterruptedException _ -> "interrupted";
            case java.util.concurrent.CancellationException _ -> "interrupted";
            default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
        };
    }

    @Override
    public void interrupt() {
        Job job = session.foregroundJob();
        if (job != null) {
            job.interrupt();
        }
    }

    @Override
    public List<Shell.Completion> complete(String line) {
        return closed ? List.of() : completer.complete(session, line);
    }

    @Override
    public void close() {
        closed = true;
        interrupt();
        session.close();
    }
}
