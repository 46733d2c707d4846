package dev.bindery.host;

import dev.bindery.api.Cancellation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a {@link Cancellation} that its owner holds. Every method may be called from any
 * thread, and none of them waits.
 *
 * <p>Each action runs once, at once, on a platform thread of its own: it is a binding's code, so it
 * must be able to block, spin or throw without holding up its neighbours, the one who cancels, or
 * the carriers of virtual threads.
 */
public final class CancellationSource implements Cancellation {
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Set<Action> actions = ConcurrentHashMap.newKeySet();

    /**
     * Cancels. Only the first call has an effect.
     *
     * @return whether this call was the first
     */
    public boolean cancel() {
        boolean first = cancelled.compareAndSet(false, true);
        if (first) {
            actions.forEach(this::run);
        }
        return first;
    }

    @Override
    public boolean isCancelled() {
        return cancelled.get();
    }

    @Override
    public Registration onCancel(Runnable action) {
        Action registered = new Action(action);
        actions.add(registered);
        if (cancelled.get()) {
            run(registered);
        }
        return () -> actions.remove(registered);
    }

    private void run(Action action) {
        if (actions.remove(action)) {
            Thread.ofPlatform().daemon().name("cancellation").start(action.code);
        }
    }

    /** Compared by identity, so that the same code may be registered twice. */
    private static final class Action {
        private final Runnable code;

        private Action(Runnable code) {
            this.code = code;
        }
    }
}
