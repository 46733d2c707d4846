package dev.bindery.host.process;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one child alive: when it ends by itself, another one is started, after a wait that grows
 * with each crash. Thread-safe.
 */
final class Keeper implements AutoCloseable {
    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);

    private final Supplier<Child> start;
    private final ProcessLimits limits;
    private final Logger logger;
    private final Backoff backoff = new Backoff();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Child child;
    private String reason = "it has ended";
    private long retryAt;
    private boolean closed;

    /**
     * Keeps what this starts.
     *
     * @param start starts a child, and its binding in it; blocks
     */
    Keeper(Supplier<Child> start, ProcessLimits limits, Logger logger) {
        this.start = start;
        this.limits = limits;
        this.logger = logger;
    }

    /** Starts the first child; its failure is the caller's. */
    void begin() {
        keep(start.get());
    }

    /**
     * The living child; waits a moment for one that is being started.
     *
     * @throws BindingException {@link ErrorCode#UPSTREAM_UNAVAILABLE} when there is none in time
     */
    Child child() {
        lock.lock();
        try {
            long left = limits.call().toNanos();
            Child living = living();
            while (living == null && !closed && left > 0) {
                left = changed.awaitNanos(left);
                living = living();
            }
            if (living == null) {
                throw absent();
            }
            return living;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BindingException(ErrorCode.CANCELLED, "the call was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** The living child, without waiting. */
    @Nullable Child childNow() {
        lock.lock();
        try {
            return living();
        } finally {
            lock.unlock();
        }
    }

    /** Why there is no child, in words. */
    String reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /** No other child is started; the living one is the caller's to end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Child living() {
        return child != null && child.isAlive() ? child : null;
    }

    private void keep(Child started) {
        long begin = System.nanoTime();
        lock.lock();
        try {
            if (closed) {
                started.kill();
                return;
            }
            child = started;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        var _ =
                started.onExit()
                        .thenAccept(_ ->
                                Thread.ofVirtual()
                                        .name("child %d restart".formatted(started.pid()))
                                        .start(() -> ended(started, begin)));
    }

    private void ended(Child ended, long begin) {
        ended.bury();
        if (System.nanoTime() - begin >= limits.stable().toNanos()) {
            backoff.reset();
        }
        if (gone("it ended with " + ended.exitReason())) {
            startAgain();
        }
    }

    private void startAgain() {
        while (pause(backoff.next())) {
            try {
                keep(start.get());
                logger.log(Logger.Level.INFO, "the binding''s process was started again");
                return;
            } catch (RuntimeException e) {
                gone(String.valueOf(e.getMessage()));
            }
        }
    }

    private boolean gone(String why) {
        lock.lock();
        try {
            child = null;
            reason = why;
            if (!closed) {
                logger.log(Logger.Level.ERROR, "the binding''s process is gone: {0}", why);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits; false when nothing is to be started any more. */
    private boolean pause(Duration wait) {
        lock.lock();
        try {
            retryAt = System.nanoTime() + wait.toNanos();
            long left = wait.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException _) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private BindingException absent() {
        if (closed) {
            return new BindingException(
                    ErrorCode.UPSTREAM_UNAVAILABLE, "the binding's process was stopped");
        }
        Duration left = Duration.ofNanos(Math.max(0, retryAt - System.nanoTime()));
        return BindingException.builder(
                        ErrorCode.UPSTREAM_UNAVAILABLE,
                        "the binding's process is being started again; " + reason)
                .retryAfter(left.compareTo(LEAST_RETRY) < 0 ? LEAST_RETRY : left)
                .build();
    }
}
