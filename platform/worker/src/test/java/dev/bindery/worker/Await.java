package dev.bindery.worker;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a deadline that only a defect reaches. */
final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private Await() {}

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("this did not come true in time");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
