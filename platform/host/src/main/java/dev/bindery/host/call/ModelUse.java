package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Which models of an instance have calls, and since when the others have none. A model that is
 * being freed lets no call in until it is freed, so that neither ever overlaps the other.
 * Thread-safe.
 */
final class ModelUse {
    private static final long LONGEST_LOOK = Duration.ofMinutes(1).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<String, Use> uses = new HashMap<>();
    private final LongSupplier nanoTime;
    private Optional<Duration> limit;
    private long lastLook;

    /**
     * @param limit how long a model may have no call; absent for ever
     * @param nanoTime as {@link System#nanoTime}
     */
    ModelUse(Optional<Duration> limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.lastLook = nanoTime.getAsLong();
    }

    private static final class Use {
        private int calls;
        private long idleSince;
        private Optional<Duration> keep = Optional.empty();
        private boolean leaving;

        Use(long now) {
            idleSince = now;
        }

        boolean isIdle() {
            return calls == 0 && !leaving;
        }
    }

    void limit(Optional<Duration> limit) {
        lock.lock();
        try {
            this.limit = limit;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A call on the model begins; while the model is being freed, waits for that.
     *
     * @throws BindingException {@link ErrorCode#CANCELLED} when the caller has gone meanwhile,
     *     {@link ErrorCode#TIMEOUT} when it took too long
     */
    void begin(String model, Cancellation cancellation, Duration patience) {
        lock.lock();
        try {
            if (uses.containsKey(model) && uses.get(model).leaving) {
                awaitFreed(model, cancellation, patience.toNanos());
            }
            uses.computeIfAbsent(model, _ -> new Use(now())).calls++;
        } finally {
            lock.unlock();
        }
    }

    private void awaitFreed(String model, Cancellation cancellation, long nanos) {
        long left = nanos;
        try (var _ = cancellation.onCancel(this::wakeAll)) {
            while (uses.containsKey(model) && uses.get(model).leaving) {
                cancellation.throwIfCancelled();
                if (left <= 0) {
                    throw new BindingException(
                            ErrorCode.TIMEOUT, "the model " + model + " is still being freed");
                }
                left = freed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        }
    }

    private void wakeAll() {
        lock.lock();
        try {
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A call on the model has ended.
     *
     * @param keep for how long it wants the model kept, negative for ever; absent for the limit
     */
    void end(String model, Optional<Duration> keep) {
        lock.lock();
        try {
            Use use = uses.computeIfAbsent(model, _ -> new Use(now()));
            use.keep = keep;
            use.idleSince = now();
            leave(model, use);
        } finally {
            lock.unlock();
        }
    }

    /** A call that began never came to the model. */
    void giveUp(String model) {
        lock.lock();
        try {
            leave(model, uses.computeIfAbsent(model, _ -> new Use(now())));
        } finally {
            lock.unlock();
        }
    }

    /** What will never be over need not be remembered. */
    private void leave(String model, Use use) {
        use.calls--;
        if (use.calls == 0 && limit.isEmpty() && time(use).isEmpty()) {
            uses.remove(model);
        }
    }

    private long now() {
        return nanoTime.getAsLong();
    }

    /** How long the model is kept without a call; absent for ever. */
    private Optional<Duration> time(Use use) {
        return use.keep.or(() -> limit).filter(time -> !time.isNegative());
    }

    private boolean isOver(Use use, long now) {
        return use.isIdle()
                && time(use).filter(time -> now - use.idleSince >= time.toNanos()).isPresent();
    }

    /** Whether it is time to see which models are in memory. */
    boolean isLookDue() {
        lock.lock();
        try {
            long now = now();
            return limit.filter(time -> now - lastLook >= Math.min(time.toNanos(), LONGEST_LOOK))
                            .isPresent()
                    || uses.values().stream().anyMatch(use -> isOver(use, now));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Finds the models that are to be freed now, and lets no call to them until {@link #freed} or
     * {@link #kept}.
     *
     * @param loaded the models in memory
     * @param seen the moment at which they were asked for
     * @return for how long each has had no call
     */
    Map<String, Duration> leaving(Collection<String> loaded, long seen) {
        lock.lock();
        try {
            long now = now();
            lastLook = now;
            forgetAllBut(loaded, seen);
            Map<String, Duration> leaving = new LinkedHashMap<>();
            for (String model : loaded) {
                Use use = uses.computeIfAbsent(model, _ -> new Use(now));
                if (isOver(use, now)) {
                    use.leaving = true;
                    leaving.put(model, Duration.ofNanos(now - use.idleSince));
                }
            }
            return leaving;
        } finally {
            lock.unlock();
        }
    }

    /** Names come from clients: without this there would be ever more of them. */
    private void forgetAllBut(Collection<String> loaded, long seen) {
        uses.entrySet()
                .removeIf(entry ->
                        entry.getValue().isIdle()
                                && entry.getValue().idleSince - seen < 0
                                && !loaded.contains(entry.getKey()));
    }

    /** The model is out of memory. */
    void freed(String model) {
        left(model, true);
    }

    /** The model stays in memory for as long again. */
    void kept(String model) {
        left(model, false);
    }

    private void left(String model, boolean gone) {
        lock.lock();
        try {
            Use use = uses.get(model);
            if (use != null) {
                use.leaving = false;
                use.idleSince = now();
                if (gone) {
                    uses.remove(model);
                }
            }
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How long the model will yet be kept if nobody asks for it; absent for ever or unknown. */
    Optional<Duration> remaining(String model) {
        lock.lock();
        try {
            Use use = uses.get(model);
            if (use == null) {
                return Optional.empty();
            }
            long now = now();
            long since = use.calls > 0 ? now : use.idleSince;
            return time(use).map(time -> Duration.ofNanos(since + time.toNanos() - now));
        } finally {
            lock.unlock();
        }
    }
}
