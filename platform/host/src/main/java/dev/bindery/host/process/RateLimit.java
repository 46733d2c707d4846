package dev.bindery.host.process;

import java.util.function.LongSupplier;

/** Lets a burst of lines through, then so many a second, and counts the others. Thread-safe. */
final class RateLimit {
    private static final double NANOS = 1e9;

    private final double burst;
    private final double perSecond;
    private final LongSupplier nanoClock;
    private double allowance;
    private long last;
    private long leftOut;

    RateLimit(int burst, int perSecond, LongSupplier nanoClock) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.nanoClock = nanoClock;
        allowance = burst;
        last = nanoClock.getAsLong();
    }

    /** Whether this line may pass. */
    synchronized boolean admit() {
        long now = nanoClock.getAsLong();
        allowance = Math.min(burst, allowance + (now - last) * perSecond / NANOS);
        last = now;
        if (allowance < 1) {
            leftOut++;
            return false;
        }
        allowance--;
        return true;
    }

    /** How many lines did not pass since this was last asked. */
    synchronized long takeLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return count;
    }
}
