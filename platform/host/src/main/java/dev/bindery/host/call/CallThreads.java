package dev.bindery.host.call;

import dev.bindery.api.Threads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that run a binding's code: platform threads that are reused for a while and end with
 * the instance, so that no thread local outlives it, or virtual ones where the card says so. The
 * context class loader is the binding's. Thread-safe.
 */
public final class CallThreads implements AutoCloseable {
    private final ExecutorService executor;
    private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

    public CallThreads(String name, Threads kind, ClassLoader loader) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory =
                task -> {
                    Thread thread =
                            builder(kind)
                                    .name(name + "-" + number.incrementAndGet())
                                    .inheritInheritableThreadLocals(false)
                                    .unstarted(() -> runAlive(task));
                    thread.setContextClassLoader(loader);
                    return thread;
                };
        executor =
                kind == Threads.VIRTUAL
                        ? Executors.newThreadPerTaskExecutor(factory)
                        : reusing(factory);
    }

    private static Thread.Builder builder(Threads kind) {
        return kind == Threads.VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    }

    private static ExecutorService reusing(ThreadFactory factory) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    private void runAlive(Runnable task) {
        alive.add(Thread.currentThread());
        try {
            task.run();
        } finally {
            alive.remove(Thread.currentThread());
        }
    }

    /** Runs a task that throws nothing. */
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** For the binding's own background work. */
    public ExecutorService executor() {
        return executor;
    }

    /** Ends all threads; those that do not listen are left behind as daemons. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    /**
     * Waits for the threads to end.
     *
     * @return how many are still running then
     */
    public int awaitEnd(Duration time) throws InterruptedException {
        if (executor.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS)) {
            return 0;
        }
        return alive.size();
    }
}
