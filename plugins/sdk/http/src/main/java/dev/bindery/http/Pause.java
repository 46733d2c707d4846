package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two tries, and no longer than somebody waits for the answer. */
final class Pause {
    private Pause() {}

    static void of(Duration pause, Cancellation cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (var _ = cancellation.onCancel(cancelled::countDown)) {
            if (cancelled.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                throw BindingException.cancelled();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        }
    }
}
