package dev.bindery.binding.openai;

import dev.bindery.api.Cancellation;
import java.util.ArrayList;
import java.util.List;

/** A cancellation that a test sets off. */
final class TestCancellation implements Cancellation {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    synchronized void cancel() {
        cancelled = true;
        actions.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public synchronized Registration onCancel(Runnable action) {
        actions.add(action);
        if (cancelled) {
            action.run();
        }
        return () -> {};
    }
}
