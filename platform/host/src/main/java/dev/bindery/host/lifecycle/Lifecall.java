package dev.bindery.host.lifecycle;

import dev.bindery.host.call.CallThreads;
import dev.bindery.host.call.Failures;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

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
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Thread> runner = new AtomicReference<>();
        try {
            threads.execute(() -> {
                runner.set(Thread.currentThread());
                try {
                    code.run();
                } catch (Throwable e) {
                    thrown.set(e);
                } finally {
                    done.countDown();
                }
            });
            if (!done.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                giveUp(runner.get());
                throw new LifecycleException(
                        "%s did not return within %d s".formatted(method, limit.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LifecycleException(method + " was interrupted");
        } catch (RejectedExecutionException e) {
            throw new LifecycleException(method + " was not called: its threads have ended");
        }
        if (thrown.get() != null) {
            throw LifecycleException.of(method, Failures.of(thrown.get()));
        }
    }

    private static void giveUp(@org.jspecify.annotations.Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
