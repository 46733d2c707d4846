package dev.bindery.binding.llamacpp;

import dev.bindery.api.Cancellation;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Reads an answer along; can cancel it, after so many pieces or when told. */
final class Reader implements GenerationCallback, Cancellation {
    private final List<String> pieces = new CopyOnWriteArrayList<>();
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private final int cancelAfter;
    private volatile boolean cancelled;

    Reader() {
        this(Integer.MAX_VALUE);
    }

    Reader(int cancelAfter) {
        this.cancelAfter = cancelAfter;
    }

    List<String> pieces() {
        return pieces;
    }

    String text() {
        return pieces.stream().collect(Collectors.joining());
    }

    /** How many wait to be told of a cancellation. */
    int waiting() {
        return actions.size();
    }

    void cancel() {
        cancelled = true;
        actions.forEach(Runnable::run);
    }

    @Override
    public boolean on(Operation operation) {
        pieces.add(operation.text());
        if (pieces.size() >= cancelAfter) {
            cancel();
        }
        return true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public Registration onCancel(Runnable action) {
        actions.add(action);
        if (cancelled) {
            action.run();
        }
        return () -> actions.remove(action);
    }
}
