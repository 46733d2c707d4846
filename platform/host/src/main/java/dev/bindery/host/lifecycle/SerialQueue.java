package dev.bindery.host.lifecycle;

import dev.bindery.host.HostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one thing after another, in the order in which they were asked for. Thread-safe. */
final class SerialQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    private final ExecutorService executor;
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    SerialQueue(String name) {
        executor =
                Executors.newSingleThreadExecutor(code -> {
                    thread = Thread.ofPlatform().daemon().name("lifecycle-" + name).unstarted(code);
                    return thread;
                });
    }

    /** Runs it in its turn; a failure is logged. */
    void submit(Runnable action) {
        try {
            executor.execute(() -> {
                if (!closed) {
                    guarded(action);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the queue is closed: {}", e.toString());
        }
    }

    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("a change of the lifecycle failed", e);
        }
    }

    /**
     * Runs it in its turn and waits for what comes of it.
     *
     * @throws HostException when the queue is closed before its turn
     */
    <T> T call(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            executor.execute(() -> complete(result, action));
            return result.get();
        } catch (RejectedExecutionException e) {
            throw stopping();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException(
                    HostException.Kind.FAILED, "interrupted while waiting for the change", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private <T> void complete(CompletableFuture<T> result, Callable<T> action) {
        try {
            if (closed) {
                throw stopping();
            }
            result.complete(action.call());
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    static HostException stopping() {
        return new HostException(
                HostException.Kind.CONFLICT, "the host is stopping; nothing was changed");
    }

    /** Interrupts what runs, and refuses what waits. */
    @Override
    public void close() {
        closed = true;
        executor.shutdown();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Waits until nothing runs any more; false when that takes longer. */
    boolean awaitEnd(Duration time) throws InterruptedException {
        return executor.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
