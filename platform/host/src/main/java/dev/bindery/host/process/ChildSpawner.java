package dev.bindery.host.process;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.Wire;
import dev.bindery.host.protocol.WireObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts children and shakes hands with them. */
final class ChildSpawner {
    private static final int SECRET_BYTES = 32;
    private static final List<String> KEPT = List.of("PATH", "SystemRoot");

    private final ChildCommand command;
    private final Path folder;
    private final BlobSpool spool;
    private final ProcessLimits limits;

    ChildSpawner(ChildCommand command, Path folder, ProcessLimits limits) {
        this.command = command;
        this.folder = folder;
        spool = new BlobSpool(folder.resolve("blobs"));
        this.limits = limits;
    }

    /**
     * A child that has shaken hands and whose events are heard.
     *
     * @throws BindingException saying what went wrong, with the last lines that the child printed
     */
    Child spawn(BindingContext context) {
        Path scratch = created();
        Process process = started(scratch);
        ProcessTree tree = new ProcessTree(process);
        boolean done = false;
        try {
            Child child = greeted(context, process, tree, scratch);
            done = true;
            return child;
        } finally {
            if (!done) {
                tree.kill();
                Scratch.delete(scratch);
            }
        }
    }

    private Child greeted(BindingContext context, Process process, ProcessTree tree, Path scratch) {
        ChildLog log = new ChildLog(context.logger());
        ChildOutput output = new ChildOutput(process, log);
        try {
            String secret = secret();
            greet(process, secret);
            Handshake handshake = Handshake.parse(line(process, output));
            if (handshake.processGroup()) {
                tree.leadsGroup();
            }
            ChildClient client = new ChildClient(handshake.port(), secret);
            Child child = new Child(process, tree, scratch, handshake, client, spool, limits);
            new ChildEvents(child, context, log).listen(limits.handshake());
            return child;
        } catch (IOException | ProtocolException e) {
            throw failed(e.getMessage(), output, log, e);
        }
    }

    private Path created() {
        try {
            return Scratch.create(folder);
        } catch (IOException e) {
            throw new BindingException(
                    ErrorCode.INTERNAL,
                    "the binding's process needs a folder in %s, which cannot be made: %s"
                            .formatted(folder, e),
                    e);
        }
    }

    private Process started(Path scratch) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command.line(scratch));
            builder.directory(scratch.toFile());
            environment(builder.environment(), scratch);
            return builder.start();
        } catch (IOException | IllegalArgumentException e) {
            Scratch.delete(scratch);
            throw new BindingException(
                    ErrorCode.INTERNAL,
                    "the binding's process could not be started: " + e.getMessage(),
                    e);
        }
    }

    private static void environment(Map<String, String> environment, Path scratch) {
        Map<String, String> kept = Map.copyOf(environment);
        environment.clear();
        KEPT.stream().filter(kept::containsKey).forEach(n -> environment.put(n, kept.get(n)));
        environment.put("LANG", "C.UTF-8");
        List.of("TMPDIR", "TMP", "TEMP").forEach(name -> environment.put(name, scratch.toString()));
    }

    private static String secret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    @SuppressWarnings("resource") // Closing the child's standard input ends it.
    private static void greet(Process process, String secret) throws IOException {
        try {
            OutputStream in = process.getOutputStream();
            in.write(
                    Wire.line(
                            new WireObject()
                                    .whole("protocol", Wire.VERSION)
                                    .text("secret", secret)
                                    .node()));
            in.flush();
        } catch (IOException _) {
            // It has closed its input or ended; the missing handshake tells.
        }
    }

    private String line(Process process, ChildOutput output) throws IOException {
        try {
            Optional<String> line = output.firstLine(limits.handshake());
            if (line.isPresent()) {
                return line.get();
            }
            throw new IOException(
                    process.waitFor(1, TimeUnit.SECONDS)
                            ? "it ended before its handshake: " + ExitReason.of(process.exitValue())
                            : "there was no handshake within " + shown(limits.handshake()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("its start was interrupted", e);
        }
    }

    private static String shown(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static BindingException failed(
            @Nullable String reason, ChildOutput output, ChildLog log, Exception cause) {
        output.awaitErrors();
        String printed = String.join("\n", log.tail());
        return new BindingException(
                ErrorCode.INTERNAL,
                "the binding's process did not start: %s%s"
                        .formatted(
                                reason, printed.isEmpty() ? "" : "; it printed last:\n" + printed),
                cause);
    }
}
