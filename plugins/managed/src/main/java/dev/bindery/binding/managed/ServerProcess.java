package dev.bindery.binding.managed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One run of the server. Its environment is the host's for children (a PATH and little more), with
 * what the operator adds; what it starts ends with it. For one thread, but for {@link #output}.
 */
final class ServerProcess {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process process;
    private final ServerOutput output;
    private final Set<ProcessHandle> started = new HashSet<>();

    private ServerProcess(Process process, ServerOutput output) {
        this.process = process;
        this.output = output;
    }

    /**
     * @throws IOException when the program is not there or cannot be run
     */
    static ServerProcess start(
            List<String> command, Path directory, Map<String, String> variables, System.Logger log)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(nothing()));
        builder.environment().putIfAbsent("HOME", System.getProperty("user.home", ""));
        builder.environment().putAll(variables);
        Process process = builder.start();
        ServerOutput output = new ServerOutput(process.getInputStream(), log);
        Thread.ofVirtual().name("server-output").start(output);
        return new ServerProcess(process, output);
    }

    private static File nothing() {
        return new File(
                System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    long pid() {
        return process.pid();
    }

    /** Waits for its end. Asked often, it knows what the server started when it is gone. */
    boolean hasEndedWithin(Duration time) throws InterruptedException {
        process.descendants().forEach(started::add);
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * How it ended, with what it said last; empty while it runs. It may be gone sooner than its
     * words are read, which say why.
     */
    Optional<String> ending() throws InterruptedException {
        if (process.isAlive()) {
            return Optional.empty();
        }
        output.awaitEnd(LAST_WORDS);
        return Optional.of(
                "the server ended with exit code %d%s".formatted(process.exitValue(), lastWords()));
    }

    /** What it said last, as the end of a sentence. */
    String lastWords() {
        return output.last().reversed().stream()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> "; it said last: " + line.strip())
                .orElse("");
    }

    /** The last lines that it printed. */
    List<String> output() {
        return output.last();
    }

    /** Asks it to end, with all that it started, and insists after a while. Returns when it has. */
    void stop() {
        process.descendants().forEach(started::add);
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
