package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.LoadedModel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * The models in memory. A model is loaded when somebody needs it, shared by all who do, and freed
 * when nobody has for a while. Any number of threads; those who need a model that is being loaded
 * wait for it.
 */
final class Engines {
    private static final Duration LAST_WORK = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock loading = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Residents residents = new Residents();
    private final int most;
    private final Optional<Duration> idle;
    private final MemoryCheck memory;
    private final Supplier<NativeLibrary> library;
    private boolean closed;

    /**
     * @param most how many models may be in memory at once
     * @param idle how long nobody must have used a model; absent for ever
     * @param memory asked before each model is loaded
     * @param library loaded with the first model
     */
    Engines(
            int most,
            Optional<Duration> idle,
            MemoryCheck memory,
            Supplier<NativeLibrary> library) {
        this.most = most;
        this.idle = idle;
        this.memory = memory;
        this.library = library;
    }

    /** The use of a model; it stays in memory until this is closed. */
    final class Lease implements AutoCloseable {
        private final Resident resident;
        private final Engine engine;
        private final boolean loadedForThis;

        private Lease(Resident resident, Engine engine, boolean loadedForThis) {
            this.resident = resident;
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
                resident.leave(keep.map(time -> Instant.now().plus(time)));
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            freeExpired();
        }

        @Override
        public String toString() {
            return engine.model().name();
        }
    }

    /** The time that a request asks for; negative means for ever. */
    Optional<Duration> keep(Optional<Duration> asked) {
        return asked.isPresent() ? asked.filter(time -> !time.isNegative()) : idle;
    }

    /**
     * @throws BindingException OVERLOADED when too many models are in use, or too much memory;
     *     NOT_CONFIGURED when there is not enough of it in any case
     */
    Lease lease(String model, Opening.Purpose purpose, Opening.Source source)
            throws IOException, InterruptedException {
        Residents.Key key = new Residents.Key(model, purpose);
        lock.lockInterruptibly();
        try {
            Resident resident = residents.find(key);
            while (resident != null && resident.engine().isEmpty()) {
                changed.await();
                resident = residents.find(key);
            }
            if (resident != null) {
                resident.use();
                return new Lease(resident, resident.engine().orElseThrow(), false);
            }
            return load(key, source);
        } finally {
            lock.unlock();
        }
    }

    /** Loads outside the lock; the resident without an engine keeps others waiting. */
    private Lease load(Residents.Key key, Opening.Source source)
            throws IOException, InterruptedException {
        if (closed) {
            throw new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "the instance is stopping");
        }
        List<Engine> freed = makePlace();
        Resident resident = new Resident();
        residents.put(key, resident);
        lock.unlock();
        Engine engine = null;
        try {
            freed.forEach(Engines::free);
            engine = load(source);
        } finally {
            lock.lock();
            resident.loaded(engine);
            if (engine == null) {
                residents.remove(key);
            }
            changed.signalAll();
        }
        return new Lease(resident, engine, true);
    }

    /** One after the other, so that each sees the memory that is left. */
    private Engine load(Opening.Source source) throws IOException, InterruptedException {
        Opening opening = source.opening();
        loading.lockInterruptibly();
        try {
            makeRoom(opening);
            return opening.open(library.get());
        } finally {
            loading.unlock();
        }
    }

    private List<Engine> makePlace() {
        List<Engine> freed = new ArrayList<>();
        while (residents.size() >= most) {
            freed.add(residents.takeOldestIdle().orElseThrow(this::full));
        }
        return freed;
    }

    /** Frees models that nobody uses until there is memory for another. */
    private void makeRoom(Opening opening) {
        while (true) {
            Optional<BindingException> refusal = memory.refusal(opening, engines());
            if (refusal.isEmpty()) {
                return;
            }
            free(locked(residents::takeOldestIdle).orElseThrow(refusal::get));
        }
    }

    private List<Engine> engines() {
        return locked(residents::engines);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private BindingException full() {
        return new BindingException(
                ErrorCode.OVERLOADED,
                "%d models are in use, as many as max_loaded_models allows".formatted(most));
    }

    /** Frees what nobody uses and whose time is over. */
    void freeExpired() {
        Instant now = Instant.now();
        freeMatching(
                (_, resident) -> resident.expires().filter(time -> !time.isAfter(now)).isPresent());
    }

    /** Frees the model for all purposes when its users have finished. */
    void free(String model) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (residents.inUse(model)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
        freeMatching((key, _) -> key.model().equals(model));
    }

    private void freeMatching(BiPredicate<Residents.Key, Resident> which) {
        locked(() -> residents.takeIdle(which)).forEach(Engines::free);
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
            long nanos = residents.nanosToExpiry(Instant.now());
            while (!closed && nanos > 0) {
                boolean _ = changed.await(nanos, TimeUnit.NANOSECONDS);
                nanos = residents.nanosToExpiry(Instant.now());
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** The models in memory, each once. */
    List<LoadedModel> loaded() {
        return locked(residents::describe);
    }

    /** Frees everything, once the native library has done with calls that were cancelled. */
    void stop() throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            long left = LAST_WORK.toNanos();
            while (left > 0 && residents.anyInUse()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        freeMatching((_, _) -> true);
    }
}
