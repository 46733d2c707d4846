package dev.bindery.host.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a child prints: the first line of its output is the handshake, all else goes into the log.
 * Both pipes are always read, so that no child waits for its host.
 */
final class ChildOutput {
    private static final int MAX_LINE = 4 << 10;
    private static final long ERRORS_MILLIS = 500;

    private final ChildLog log;
    private final CompletableFuture<Optional<String>> firstLine = new CompletableFuture<>();
    private final Thread errors;

    ChildOutput(Process process, ChildLog log) {
        this.log = log;
        pump("output", process, () -> readOutput(process.getInputStream()));
        errors = pump("errors", process, () -> readErrors(process.getErrorStream()));
    }

    /** The first line; absent when there was none until the output ended, or in that time. */
    Optional<String> firstLine(Duration limit) throws InterruptedException {
        try {
            return firstLine.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the output was not read", e);
        }
    }

    /** Waits a moment for the end of what a failed child says of its failure. */
    void awaitErrors() {
        try {
            errors.join(ERRORS_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread pump(String name, Process process, Runnable reading) {
        return Thread.ofPlatform()
                .daemon()
                .name("child %d %s".formatted(process.pid(), name))
                .start(reading);
    }

    private void readOutput(InputStream in) {
        try (in) {
            LineReader lines = new LineReader(in, MAX_LINE);
            firstLine.complete(lines.next());
            log(lines);
        } catch (IOException _) {
            // The child has ended.
        } finally {
            firstLine.complete(Optional.empty());
        }
    }

    private void readErrors(InputStream in) {
        try (in) {
            log(new LineReader(in, MAX_LINE));
        } catch (IOException _) {
            // The child has ended.
        }
    }

    private void log(LineReader lines) throws IOException {
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            line.filter(text -> !text.isEmpty()).ifPresent(log::printed);
        }
    }
}
