package dev.bindery.echo;

import dev.bindery.api.Cancellation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Cancels when the test says so. */
final class Switch implements Cancellation {
    final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;

    void cancel() {
        cancelled = true;
        actions.forEach(Runnable::run);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public Registration onCancel(Runnable action) {
        actions.add(action);
        return () -> actions.remove(action);
    }
}
