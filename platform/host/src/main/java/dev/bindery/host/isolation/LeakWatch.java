package dev.bindery.host.isolation;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Watches that the class loaders of unloaded generations are collected, and says so when one is
 * not. Thread-safe.
 */
public final class LeakWatch implements AutoCloseable {
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final Duration patience;
    private final Thread thread;

    /**
     * @param patience how long a loader may stay
     */
    public LeakWatch(Duration patience) {
        this.patience = patience;
        this.thread = Thread.ofVirtual().name("leak-watch").start(this::run);
    }

    /**
     * Begins to watch an unloaded generation.
     *
     * @param name what to call it
     * @param leaked hears, once, what may hold it
     */
    public void watch(String name, WeakReference<ClassLoader> loader, Consumer<String> leaked) {
        long deadline = System.nanoTime() + patience.toNanos();
        watched.add(new Watched(name, loader, deadline, leaked, new AtomicBoolean()));
    }

    /** The names of generations that are unloaded and not collected, leaked ones included. */
    public Set<String> pending() {
        return watched.stream()
                .filter(one -> one.loader().get() != null)
                .map(Watched::name)
                .collect(Collectors.toSet());
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(patience.dividedBy(12).plusMillis(1));
                watched.removeIf(one -> one.loader().get() == null);
                collectOverdue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An idle host may never collect by itself, so it is asked to before anybody is accused. */
    private void collectOverdue() {
        if (watched.stream().noneMatch(Watched::isOverdue)) {
            return;
        }
        System.gc();
        List<Watched> overdue = watched.stream().filter(Watched::isOverdue).toList();
        for (Watched one : overdue) {
            one.told().set(true);
            if (one.loader().get() != null) {
                one.leaked().accept(holders(one.loader()));
            }
        }
    }

    private static String holders(WeakReference<ClassLoader> reference) {
        String threads =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> belongsTo(thread, reference))
                        .map(Thread::getName)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return threads.isEmpty()
                ? "something still holds its classes: a static field of a shared library, a thread local or a shutdown hook"
                : "threads that it started are still running: " + threads;
    }

    private static boolean belongsTo(Thread thread, WeakReference<ClassLoader> reference) {
        return reference.refersTo(thread.getContextClassLoader())
                || reference.refersTo(thread.getClass().getClassLoader());
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private record Watched(
            String name,
            WeakReference<ClassLoader> loader,
            long deadline,
            Consumer<String> leaked,
            AtomicBoolean told) {
        boolean isOverdue() {
            return !told.get() && System.nanoTime() - deadline > 0;
        }
    }
}
