package dev.bindery.host.process;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a child prints and logs, on its way into the host's log: bounded in rate, so that no flood
 * fills a disk, and with its last printed lines at hand for an error that explains itself.
 * Thread-safe.
 */
final class ChildLog {
    private static final int BURST = 500;
    private static final int PER_SECOND = 50;
    private static final int TAIL = 20;

    private final Logger logger;
    private final RateLimit limit = new RateLimit(BURST, PER_SECOND, System::nanoTime);
    private final Deque<String> tail = new ArrayDeque<>();

    ChildLog(Logger logger) {
        this.logger = logger;
    }

    /** A line that the child printed. */
    void printed(String line) {
        synchronized (tail) {
            if (tail.size() == TAIL) {
                tail.removeFirst();
            }
            tail.addLast(line);
        }
        write(INFO, line);
    }

    /** A message that the child's code logged. */
    void write(Logger.Level level, String message) {
        if (!limit.admit()) {
            return;
        }
        long leftOut = limit.takeLeftOut();
        if (leftOut > 0) {
            logger.log(WARNING, "{0} lines of the child were left out", Long.toString(leftOut));
        }
        logger.log(level, message);
    }

    /** The last lines that it printed. */
    List<String> tail() {
        synchronized (tail) {
            return List.copyOf(tail);
        }
    }
}
