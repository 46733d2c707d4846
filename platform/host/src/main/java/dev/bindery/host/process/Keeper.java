package dev.bindery.host.process;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
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
    private final BindingContext context;
    private final Backoff backoff = new Backoff();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Child child;
    private @Nullable Thread restart;
    private String reason = "it has ended";
    private long retryAt;
    private boolean closed;

    /**
     * Keeps what this starts.
     *
     * @param start starts a child, and its binding in it; blocks
     */
    Keeper(Supplier<Child> start, ProcessLimits limits, BindingContext context) {
        this.start = start;
        this.limits = limits;
        this.context = context;
    }

    /** Starts the first child; its failure is the caller's. */
    void begin() {
        boolean _ = keep(start.get());
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

    /** Why there is no child, and when there will be one, in words. */
    String standing() {
        lock.lock();
        try {
            return closed
                    ? "the binding's process was stopped"
                    : "the binding's process is not running: %s; crash %d in a row, it is started again in %.1f s"
                            .formatted(reason, backoff.crashes(), left().toMillis() / 1000.0);
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
            if (restart != null) {
                restart.interrupt();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Child living() {
        return child != null && child.isAlive() ? child : null;
    }

    /** Takes a child into care; false when none is wanted any more. */
    private boolean keep(Child started) {
        long begin = System.nanoTime();
        lock.lock();
        try {
            if (closed) {
                started.kill();
                return false;
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
        return true;
    }

    private void ended(Child ended, long begin) {
        boolean wasStable = System.nanoTime() - begin >= limits.stable().toNanos();
        Duration wait = gone("it ended with " + ended.exitReason(), wasStable);
        ended.bury();
        startAgain(wait);
    }

    private void startAgain(Duration first) {
        Duration wait = first;
        while (pause(wait)) {
            try {
                if (keep(start.get())) {
                    context.notifications().success("the binding's process runs again");
                }
                return;
            } catch (RuntimeException | Error e) {
                // An Error too: a machine that has no thread or no memory left now has some later.
                wait = gone(String.valueOf(e.getMessage()), false);
            }
        }
    }

    /** There is no child; says how long to wait for the next. */
    private Duration gone(String why, boolean wasStable) {
        Duration wait;
        boolean told;
        lock.lock();
        try {
            if (wasStable) {
                backoff.reset();
            }
            wait = backoff.next();
            child = null;
            reason = why;
            retryAt = System.nanoTime() + wait.toNanos();
            told = !closed;
        } finally {
            lock.unlock();
        }
        if (told) {
            context.notifications().error(standing());
        }
        return wait;
    }

    /** Waits; false when nothing is to be started any more. */
    private boolean pause(Duration wait) {
        lock.lock();
        try {
            restart = Thread.currentThread();
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
        Duration left = left();
        return BindingException.builder(
                        ErrorCode.UPSTREAM_UNAVAILABLE,
                        "the binding's process is being started again; " + reason)
                .retryAfter(left.compareTo(LEAST_RETRY) < 0 ? LEAST_RETRY : left)
                .build();
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, retryAt - System.nanoTime()));
    }
}
