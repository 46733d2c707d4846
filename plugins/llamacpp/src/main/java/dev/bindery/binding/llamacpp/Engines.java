package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.LoadedModel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The models in memory. A model is loaded when somebody needs it, shared by all who do, and freed
 * when nobody has for a while. Any number of threads; those who need a model that is being loaded
 * wait for it.
 */
final class Engines {
    private static final Duration LAST_WORK = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private final int most;
    private final Optional<Duration> idle;
    private boolean closed;

    /**
     * @param most how many models may be in memory at once
     * @param idle how long nobody must have used a model; absent for ever
     */
    Engines(int most, Optional<Duration> idle) {
        this.most = most;
        this.idle = idle;
    }

    /** What a model is opened for. */
    enum Purpose {
        ANSWERS,
        EMBEDDINGS
    }

    private record Key(String model, Purpose purpose) {}

    /** Loads a model. */
    @FunctionalInterface
    interface Loader {
        Engine load() throws IOException;
    }

    private static final class Entry {
        private @Nullable Engine engine;
        private int users = 1;
        private @Nullable Instant expires;
    }

    /** The use of a model; it stays in memory until this is closed. */
    final class Lease implements AutoCloseable {
        private final Key key;
        private final Entry entry;
        private final Engine engine;
        private final boolean loadedForThis;

        private Lease(Key key, Entry entry, Engine engine, boolean loadedForThis) {
            this.key = key;
            this.entry = entry;
            this.engine = engine;
            this.loadedForThis = loadedForThis;
        }

        Engine engine() {
            return engine;
        }

        /** How long this use had to wait for the model; absent when it was there. */
        Optional<Duration> loadTime() {
            return loadedForThis ? Optional.of(engine.loadTime()) : Optional.empty();
        }

        @Override
        public void close() {
            close(idle);
        }

        /** Ends the use; the model goes when nobody has used it for that long. */
        void close(Optional<Duration> keep) {
            lock.lock();
            try {
                entry.users--;
                entry.expires = keep.map(time -> Instant.now().plus(time)).orElse(null);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            freeExpired();
        }

        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** The time that a request asks for; negative means for ever. */
    Optional<Duration> keep(Optional<Duration> asked) {
        return asked.isPresent() ? asked.filter(time -> !time.isNegative()) : idle;
    }

    Lease lease(String model, Purpose purpose, Loader loader)
            throws IOException, InterruptedException {
        Key key = new Key(model, purpose);
        lock.lockInterruptibly();
        try {
            Entry entry = entries.get(key);
            while (entry != null && entry.engine == null) {
                changed.await();
                entry = entries.get(key);
            }
            if (entry != null && entry.engine != null) {
                entry.users++;
                return new Lease(key, entry, entry.engine, false);
            }
            return load(key, loader);
        } finally {
            lock.unlock();
        }
    }

    /** Loads outside the lock; the entry without an engine keeps others waiting. */
    private Lease load(Key key, Loader loader) throws IOException {
        if (closed) {
            throw new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "the instance is stopping");
        }
        List<Engine> freed = makeRoom();
        Entry entry = new Entry();
        entries.put(key, entry);
        lock.unlock();
        Engine engine = null;
        try {
            freed.forEach(Engines::free);
            engine = loader.load();
        } finally {
            lock.lock();
            entry.engine = engine;
            if (engine == null) {
                entries.remove(key);
            }
            changed.signalAll();
        }
        return new Lease(key, entry, engine, true);
    }

    private List<Engine> makeRoom() {
        List<Engine> freed = new ArrayList<>();
        while (entries.size() >= most) {
            Key oldest =
                    entries.entrySet().stream()
                            .filter(entry -> entry.getValue().users == 0)
                            .min(Comparator.comparing(entry -> expiry(entry.getValue())))
                            .map(Map.Entry::getKey)
                            .orElseThrow(() -> full());
            remove(oldest).ifPresent(freed::add);
        }
        return freed;
    }

    private static Instant expiry(Entry entry) {
        return entry.expires == null ? Instant.MAX : entry.expires;
    }

    private BindingException full() {
        return new BindingException(
                ErrorCode.OVERLOADED,
                "%d models are in use, as many as max_loaded_models allows".formatted(most));
    }

    private Optional<Engine> remove(Key key) {
        return Optional.ofNullable(entries.remove(key)).map(entry -> entry.engine);
    }

    /** Frees what nobody uses and whose time is over. */
    void freeExpired() {
        Instant now = Instant.now();
        freeMatching(_ -> true, entry -> entry.expires != null && !entry.expires.isAfter(now));
    }

    /** Frees the model for all purposes when its users have finished. */
    void free(String model) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (entries.entrySet().stream()
                    .anyMatch(e -> e.getKey().model().equals(model) && e.getValue().users > 0)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
        freeMatching(key -> key.model().equals(model), _ -> true);
    }

    private void freeMatching(Predicate<Key> keys, Predicate<Entry> which) {
        List<Engine> freed = new ArrayList<>();
        lock.lock();
        try {
            for (Map.Entry<Key, Entry> each : List.copyOf(entries.entrySet())) {
                Entry entry = each.getValue();
                if (entry.users == 0 && keys.test(each.getKey()) && which.test(entry)) {
                    remove(each.getKey()).ifPresent(freed::add);
                }
            }
        } finally {
            lock.unlock();
        }
        freed.forEach(Engines::free);
    }

    private static void free(Engine engine) {
        engine.llama().close();
    }

    /** Frees models whose time is over as it comes, until closed; runs on a thread of its own. */
    void watch() {
        try {
            while (awaitExpiry()) {
                freeExpired();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitExpiry() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = nanosToExpiry();
            while (!closed && nanos > 0) {
                boolean _ = changed.await(nanos, TimeUnit.NANOSECONDS);
                nanos = nanosToExpiry();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private long nanosToExpiry() {
        Instant now = Instant.now();
        return entries.values().stream()
                .filter(entry -> entry.users == 0 && entry.expires != null)
                .mapToLong(entry -> Duration.between(now, expiry(entry)).toNanos())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The models in memory, each once. */
    List<LoadedModel> loaded() {
        lock.lock();
        try {
            Map<String, LoadedModel> models = new LinkedHashMap<>();
            entries.forEach((key, entry) -> {
                if (entry.engine != null) {
                    models.merge(key.model(), describe(entry, entry.engine), Engines::both);
                }
            });
            return List.copyOf(models.values());
        } finally {
            lock.unlock();
        }
    }

    private static LoadedModel describe(Entry entry, Engine engine) {
        return LoadedModel.builder(engine.model().name())
                .memoryBytes(engine.memory())
                .contextLength(engine.context())
                .expires(entry.users > 0 ? null : entry.expires)
                .build();
    }

    private static LoadedModel both(LoadedModel one, LoadedModel other) {
        return one.toBuilder()
                .memoryBytes(one.memoryBytes().orElse(0) + other.memoryBytes().orElse(0))
                .build();
    }

    /** Frees everything, once the native library has done with calls that were cancelled. */
    void stop() throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            long left = LAST_WORK.toNanos();
            while (left > 0 && entries.values().stream().anyMatch(entry -> entry.users > 0)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        freeMatching(_ -> true, _ -> true);
    }
}
