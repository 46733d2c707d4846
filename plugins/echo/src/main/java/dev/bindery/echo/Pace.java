package dev.bindery.echo;

import dev.bindery.api.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between pieces, and ends every wait at once when the request is cancelled. */
final class Pace implements AutoCloseable {
    private final Cancellation cancellation;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Cancellation.Registration registration;

    Pace(Cancellation cancellation) {
        this.cancellation = cancellation;
        registration = cancellation.onCancel(cancelled::countDown);
    }

    /**
     * @return whether to go on; false when the request is cancelled
     */
    boolean pause(Duration time) {
        if (!time.isPositive()) {
            return !cancellation.isCancelled();
        }
        try {
            return !cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        registration.close();
    }
}
