package dev.bindery.distribution;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a test expects, with a generous deadline. */
public final class Wait {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final long LOOK_NANOS = 20_000_000;

    private Wait() {}

    public static void until(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                throw new AssertionError("while waiting until " + what, e);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new AssertionError("not within %d s: %s".formatted(LONGEST.toSeconds(), what));
    }
}
