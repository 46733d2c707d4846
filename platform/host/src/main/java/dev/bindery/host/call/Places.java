package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many calls may run at once and how many may wait for that, first come, first served. The
 * numbers may change at any time. Thread-safe.
 */
final class Places {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private int most;
    private int mostWaiting;
    private int taken;
    private int waiting;

    Places(int most, int mostWaiting) {
        this.most = most;
        this.mostWaiting = mostWaiting;
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

    /**
     * Takes a place; waits for one while the queue has room.
     *
     * @throws BindingException {@link ErrorCode#OVERLOADED} when it has none, {@link
     *     ErrorCode#CANCELLED} when the caller has gone meanwhile, {@link ErrorCode#TIMEOUT} when
     *     no place became free in time
     */
    void take(Cancellation cancellation, Duration patience) {
        lock.lock();
        try {
            if (taken >= most) {
                await(cancellation, patience);
            }
            taken++;
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
                    .retryAfter(RETRY_AFTER)
                    .build();
        }
        waiting++;
        try (var _ = cancellation.onCancel(this::wakeAll)) {
            long nanos = patience.toNanos();
            while (taken >= most) {
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

    private void wakeAll() {
        lock.lock();
        try {
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void giveBack() {
        lock.lock();
        try {
            taken--;
            freed.signal();
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
