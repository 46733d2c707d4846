package dev.bindery.cli.running;

import java.time.Duration;

/**
 * How many carriers virtual threads should have: as many as usual while all of them move, twice as
 * many each time they stand still, and by and by fewer again. Where they stand still as soon as
 * there are fewer, the next attempt waits twice as long. For one thread.
 */
final class CarrierCount {
    private static final long SHORTEST_CALM = Duration.ofSeconds(10).toNanos();
    private static final long LONGEST_CALM = Duration.ofMinutes(10).toNanos();

    private final int usual;
    private final int most;
    private int count;
    private long calm = SHORTEST_CALM;
    private long changed;
    private boolean reduced;

    CarrierCount(int usual, int most) {
        this.usual = usual;
        this.most = Math.max(usual, most);
        this.count = usual;
    }

    int count() {
        return count;
    }

    boolean isGreatest() {
        return count == most;
    }

    /**
     * No virtual thread began in good time.
     *
     * @param now as of {@link System#nanoTime}
     */
    void stalled(long now) {
        if (reduced) {
            calm = Math.min(LONGEST_CALM, 2 * calm);
        }
        reduced = false;
        count = Math.min(most, 2 * count);
        changed = now;
    }

    /**
     * A virtual thread began in good time.
     *
     * @param now as of {@link System#nanoTime}
     */
    void moved(long now) {
        if (now - changed < calm) {
            return;
        }
        if (count > usual) {
            count = Math.max(usual, count / 2);
            reduced = true;
        } else {
            calm = SHORTEST_CALM;
            reduced = false;
        }
        changed = now;
    }
}
