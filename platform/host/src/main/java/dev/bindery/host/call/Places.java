package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many calls may run at once and how many may wait for that. The numbers may change at any
 * time. Thread-safe.
 */
final class Places {
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofMinutes(2);
    private static final double WEIGHT_OF_THE_LAST = 0.2;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private final LongSupplier nanoTime;
    private int most;
    private int mostWaiting;
    private int taken;
    private int waiting;
    private double usualNanos;
    private long longestRunningSince;
    private boolean closed;

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    Places(int most, int mostWaiting, LongSupplier nanoTime) {
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.nanoTime = nanoTime;
    }

    /** A place that was taken; to be given back once. */
    final class Place {
        private final long since;

        private Place(long since) {
            this.since = since;
        }

        void giveBack() {
            lock.lock();
            try {
                long held = nanoTime.getAsLong() - since;
                usualNanos =
                        usualNanos == 0
                                ? held
                                : usualNanos + WEIGHT_OF_THE_LAST * (held - usualNanos);
                taken--;
                freed.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    void resize(int most, int mostWaiting) {
        lock.lock();
        try {
            this.most = most;
            this.mostWaiting = mostWaiting;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives no places any more, also not to those that wait. */
    void close() {
        lock.lock();
        try {
            closed = true;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a place; waits for one while the queue has room.
     *
     * @return empty when this is closed
     * @throws BindingException {@link ErrorCode#OVERLOADED} when it has none, {@link
     *     ErrorCode#CANCELLED} when the caller has gone meanwhile, {@link ErrorCode#TIMEOUT} when
     *     no place became free in time
     */
    Optional<Place> take(Cancellation cancellation, Duration patience) {
        lock.lock();
        try {
            if (taken >= most && !closed) {
                await(cancellation, patience);
            }
            if (closed) {
                return Optional.empty();
            }
            long now = nanoTime.getAsLong();
            if (taken == 0) {
                longestRunningSince = now;
            }
            taken++;
            return Optional.of(new Place(now));
        } finally {
            lock.unlock();
        }
    }

    private void await(Cancellation cancellation, Duration patience) {
        if (waiting >= mostWaiting) {
            throw BindingException.builder(
                            ErrorCode.OVERLOADED,
                            "all %d places are taken and %d calls wait; try again later"
                                    .formatted(most, waiting))
                    .retryAfter(untilServed())
                    .build();
        }
        waiting++;
        try (var _ = cancellation.onCancel(this::wakeAll)) {
            long nanos = patience.toNanos();
            while (taken >= most && !closed) {
                cancellation.throwIfCancelled();
                if (nanos <= 0) {
                    throw new BindingException(
                            ErrorCode.TIMEOUT,
                            "no place became free within %d s".formatted(patience.toSeconds()));
                }
                nanos = freed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        } finally {
            waiting--;
        }
    }

    /**
     * When those that wait now will have had their turn, at the pace of the calls before. While
     * none has ended yet, a call is taken to last as long again as these have lasted.
     */
    private Duration untilServed() {
        double call = usualNanos == 0 ? nanoTime.getAsLong() - longestRunningSince : usualNanos;
        Duration time = Duration.ofNanos((long) (call * (waiting + 1) / most));
        if (time.compareTo(SOONEST) < 0) {
            return SOONEST;
        }
        return time.compareTo(LATEST) > 0 ? LATEST : time;
    }

    private void wakeAll() {
        lock.lock();
        try {
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }
}
