package dev.bindery.faulty;

import dev.bindery.api.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, as they come. For one thread. */
final class Lines {
    private static final Duration LOOK = Duration.ofMillis(2);

    private final InputStream in;
    private final Cancellation cancellation;
    private final StringBuilder decoded = new StringBuilder();

    Lines(InputStream in, Cancellation cancellation) {
        this.in = in;
        this.cancellation = cancellation;
    }

    /** The next one; null at the end. */
    @Nullable String next() throws IOException, InterruptedException {
        try (var _ = cancellation.onCancel(this::leave)) {
            return line();
        }
    }

    private void leave() {
        try {
            if (!Fault.READS_ON_WHEN_CANCELLED.isOn()) {
                in.close();
            }
        } catch (IOException _) {
            // The reader hears of it.
        }
    }

    /** Whether the caller has gone and the connection has not. */
    boolean areLeft() {
        return Fault.READS_ON_WHEN_CANCELLED.isOn() && cancellation.isCancelled();
    }

    private @Nullable String line() throws IOException, InterruptedException {
        if (Fault.DECODES_EACH_READ.isOn()) {
            return naively();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = read();
        }
        return withoutReturn(line.toString(StandardCharsets.UTF_8));
    }

    /** As if no character came in two parts. */
    private @Nullable String naively() throws IOException {
        byte[] some = new byte[512];
        while (decoded.indexOf("\n") < 0) {
            int count = in.read(some);
            if (count < 0) {
                return null;
            }
            decoded.append(new String(some, 0, count, StandardCharsets.UTF_8));
        }
        String line = decoded.substring(0, decoded.indexOf("\n"));
        decoded.delete(0, line.length() + 1);
        return withoutReturn(line);
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") && !Fault.KEEPS_CARRIAGE_RETURNS.isOn()
                ? line.substring(0, line.length() - 1)
                : line;
    }

    /** The next byte; none when there is no more, or nobody who wants it. */
    private int read() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (isWatched() && in.available() == 0) {
            if (areLeft()) {
                return -1;
            }
            if (Fault.GIVES_UP_BY_ITSELF.isOn() && System.nanoTime() - begin > 100_000_000) {
                throw new IOException("it says nothing");
            }
            Thread.sleep(LOOK);
        }
        return in.read();
    }

    private static boolean isWatched() {
        return Fault.READS_ON_WHEN_CANCELLED.isOn() || Fault.GIVES_UP_BY_ITSELF.isOn();
    }
}
