package dev.bindery.binding.llamacpp;

import dev.bindery.api.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places at which a model answers at once. Each remembers the tokens that it has seen last: a
 * prompt that begins with them is not read again. Any number of threads.
 */
final class Slots {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final List<Slot> free = new ArrayList<>();

    Slots(int count) {
        for (int id = 0; id < count; id++) {
            free.add(new Slot(id, new int[0]));
        }
    }

    /** A place: its number in the library, and the tokens that it holds. */
    static final class Slot {
        private final int id;
        private final int[] seen;

        private Slot(int id, int[] seen) {
            this.id = id;
            this.seen = seen;
        }

        int id() {
            return id;
        }

        /** How many tokens at the prompt's beginning it holds. */
        int shared(int[] prompt) {
            int differ = Arrays.mismatch(seen, prompt);
            return differ < 0 ? prompt.length : differ;
        }
    }

    /** The free place that holds most of the prompt; waits for one, unless cancelled. */
    Slot take(int[] prompt, Cancellation cancellation) throws InterruptedException {
        lock.lockInterruptibly();
        try (Cancellation.Registration _ = cancellation.onCancel(this::wake)) {
            while (free.isEmpty()) {
                cancellation.throwIfCancelled();
                freed.await();
            }
            cancellation.throwIfCancelled();
            Slot best =
                    free.stream()
                            .max(Comparator.comparingInt(slot -> slot.shared(prompt)))
                            .orElseThrow();
            free.remove(best);
            return best;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the place back, as it was. */
    void release(Slot slot) {
        release(slot, slot.seen);
    }

    /** Gives the place back, with what it holds now. */
    void release(Slot slot, int[] seen) {
        lock.lock();
        try {
            free.addFirst(new Slot(slot.id(), seen));
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
