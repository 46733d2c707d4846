package dev.bindery.host.generation;

import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.call.CallThreads;
import dev.bindery.host.call.Failures;
import dev.bindery.host.call.Interruptible;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls one of a binding's lifecycle methods, on its own threads and within a time limit. */
final class Lifecall {
    private final CallThreads threads;

    Lifecall(CallThreads threads) {
        this.threads = threads;
    }

    /** Code of a binding. */
    @FunctionalInterface
    interface Code {
        void run() throws Exception;
    }

    /**
     * @param method what an error calls it
     * @throws LifecycleException when it throws, or does not return in time; its thread is
     *     interrupted then
     */
    void run(String method, Duration limit, Code code) {
        get(
                method,
                limit,
                () -> {
                    code.run();
                    return true;
                });
    }

    /** Like {@link #run}, for code that returns something. */
    <T> T get(String method, Duration limit, Callable<T> code) {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Interruptible work = new Interruptible();
        try {
            threads.execute(() -> {
                work.run(() -> {
                    try {
                        result.set(code.call());
                    } catch (Throwable e) {
                        thrown.set(e);
                    }
                });
                done.countDown();
            });
            if (!done.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new LifecycleException(
                        "%s did not return within %s s".formatted(method, seconds(limit)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LifecycleException(method + " was interrupted");
        } catch (RejectedExecutionException e) {
            throw new LifecycleException(method + " was not called: its threads have ended");
        } finally {
            work.interrupt();
        }
        if (thrown.get() != null) {
            throw failure(method, thrown.get());
        }
        return Objects.requireNonNull(result.get(), method);
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0
                ? Long.toString(limit.toSeconds())
                : Double.toString(limit.toMillis() / 1000.0);
    }

    private static LifecycleException failure(String method, Throwable thrown) {
        return thrown instanceof RefusedJarException refused
                ? new LifecycleException(String.valueOf(refused.getMessage()))
                : LifecycleException.of(method, Failures.of(thrown));
    }
}
