package dev.bindery.host.isolation.leak;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that the class loaders of unloaded generations are collected, and says so when one is
 * not. Thread-safe.
 */
public final class LeakWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeakWatch.class);

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
     * @param binding the id of its binding
     * @param name what to call it
     * @param leaked hears of its leak, once
     */
    public void watch(String binding, String name, LoaderTrace trace, Consumer<Leak> leaked) {
        long deadline = System.nanoTime() + patience.toNanos();
        watched.add(new Watched(binding, name, trace, deadline, leaked));
    }

    /** The names of generations that are unloaded and not collected, leaked ones included. */
    public Set<String> pending() {
        return watched.stream()
                .filter(Watched::isInMemory)
                .map(one -> one.name)
                .collect(Collectors.toSet());
    }

    /** What has leaked and is in memory still, in order. */
    public List<Leak> leaks() {
        return watched.stream()
                .filter(Watched::isInMemory)
                .flatMap(one -> Optional.ofNullable(one.leak).stream())
                .sorted(Comparator.comparing(Leak::since).thenComparing(Leak::generation))
                .toList();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(patience.dividedBy(12).plusMillis(1));
                watched.removeIf(one -> !one.isInMemory());
                accuse();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An idle host may never collect by itself, so it is asked to before anybody is accused. */
    private void accuse() {
        if (watched.stream().noneMatch(Watched::isOverdue)) {
            return;
        }
        System.gc();
        for (Watched one : watched) {
            if (one.isOverdue() && one.isInMemory()) {
                String cause = causeOf(one);
                Leak leak = new Leak(one.binding, one.name, cause, Instant.now());
                one.leak = leak;
                one.leaked.accept(leak);
            }
        }
    }

    /** Looking into what a binding left behind may meet its faults once more. */
    private static String causeOf(Watched one) {
        try {
            return Holders.of(one.trace);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("what holds {} cannot be found out", one.name, e);
            return Holders.UNKNOWN;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static final class Watched {
        private final String binding;
        private final String name;
        private final LoaderTrace trace;
        private final long deadline;
        private final Consumer<Leak> leaked;
        private volatile @Nullable Leak leak;

        Watched(
                String binding,
                String name,
                LoaderTrace trace,
                long deadline,
                Consumer<Leak> leaked) {
            this.binding = binding;
            this.name = name;
            this.trace = trace;
            this.deadline = deadline;
            this.leaked = leaked;
        }

        boolean isInMemory() {
            return trace.loader().get() != null;
        }

        boolean isOverdue() {
            return leak == null && System.nanoTime() - deadline > 0;
        }
    }
}
