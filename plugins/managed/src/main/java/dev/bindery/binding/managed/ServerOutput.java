package dev.bindery.binding.managed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the server prints: to the log, and its last lines kept to say why it ended. */
final class ServerOutput implements Runnable {
    private static final int KEPT = 40;
    private static final int LONGEST = 500;

    private final InputStream printed;
    private final System.Logger log;
    private final Deque<String> last = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    ServerOutput(InputStream printed, System.Logger log) {
        this.printed = printed;
        this.log = log;
    }

    /** Reads to the end. */
    @Override
    public void run() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8))) {
            for (String line = next(lines); line != null; line = next(lines)) {
                keep(line);
                log.log(System.Logger.Level.DEBUG, line);
            }
        } catch (IOException e) {
            log.log(System.Logger.Level.DEBUG, "the server's output ends: {0}", e.getMessage());
        } finally {
            ended.countDown();
        }
    }

    /** Waits until all is read; what a server has left behind may hold its output open. */
    void awaitEnd(Duration time) throws InterruptedException {
        boolean _ = ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The last lines, oldest first. */
    synchronized List<String> last() {
        return List.copyOf(last);
    }

    private synchronized void keep(String line) {
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(line);
    }

    /** A line, cut where it is very long; null at the end. */
    private static @Nullable String next(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = lines.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = lines.read()) {
            if (line.length() < LONGEST && c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
