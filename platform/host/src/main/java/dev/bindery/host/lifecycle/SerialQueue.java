package dev.bindery.host.lifecycle;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one thing after another, in the order in which they were asked for. Thread-safe. */
final class SerialQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    private final ExecutorService executor;

    SerialQueue(String name) {
        executor =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("lifecycle-" + name).factory());
    }

    /** Runs it in its turn; a failure is logged. */
    void submit(Runnable action) {
        try {
            executor.execute(() -> guarded(action));
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

    /** Runs it in its turn and waits for what comes of it. */
    <T> T call(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        submit(() -> {
            try {
                result.complete(action.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the lifecycle", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
