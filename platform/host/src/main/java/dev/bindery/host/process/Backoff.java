package dev.bindery.host.process;

import java.time.Duration;

/** How long to wait before the next start: 100 ms, doubled with each crash, to 30 s at most. */
final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LAST_MILLIS = 30_000;
    private static final int MAX_DOUBLINGS = 9;

    private int crashes;

    /** The wait after one more crash. */
    Duration next() {
        long millis = FIRST_MILLIS << Math.min(crashes++, MAX_DOUBLINGS);
        return Duration.ofMillis(Math.min(millis, LAST_MILLIS));
    }

    /** How many crashes there were in a row. */
    int crashes() {
        return crashes;
    }

    /** The child was stable: the next crash is a first one again. */
    void reset() {
        crashes = 0;
    }
}
