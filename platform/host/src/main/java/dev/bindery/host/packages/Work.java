package dev.bindery.host.packages;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One piece of work under way: tells its listener how far it is, not more often than is of use, and
 * ends it when nobody waits any more. For one thread.
 */
final class Work {
    private static final long BETWEEN_REPORTS = Duration.ofMillis(100).toNanos();

    private final ProgressListener listener;
    private String status = "";
    private long reported;

    Work(ProgressListener listener) {
        this.listener = listener;
    }

    /** What may fail in the ways that fetching fails. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** Runs the step, and says what could not be done in terms of the contract. */
    void run(String what, Step step) {
        try {
            throwIfCancelled();
            step.run();
        } catch (IOException e) {
            throwIfCancelled();
            throw new BindingException(
                    ErrorCode.UPSTREAM_UNAVAILABLE, "could not " + what + ": " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BindingException(ErrorCode.CANCELLED, "interrupted: " + what, e);
        }
    }

    void report(String status, long completed, OptionalLong total) {
        throwIfCancelled();
        long now = System.nanoTime();
        boolean whole = total.isPresent() && completed == total.getAsLong();
        if (whole || !status.equals(this.status) || now - reported >= BETWEEN_REPORTS) {
            this.status = status;
            reported = now;
            listener.progress(new Progress(status, completed, total));
        }
    }

    void throwIfCancelled() {
        cancellation().throwIfCancelled();
    }

    Cancellation cancellation() {
        return listener.cancellation();
    }

    /** Waits, but not when the work is cancelled meanwhile. */
    void pause(Duration time) throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation.Registration _ = cancellation().onCancel(cancelled::countDown)) {
            if (cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throwIfCancelled();
            }
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        String kind = e.getClass().getSimpleName();
        return message == null ? kind : Addresses.masked(kind + ": " + message);
    }
}
