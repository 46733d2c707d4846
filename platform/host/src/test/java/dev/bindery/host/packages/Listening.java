package dev.bindery.host.packages;

import dev.bindery.api.Cancellation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps all progress; can be cancelled, also by what it hears. */
final class Listening implements ProgressListener, Cancellation {
    final List<Progress> heard = new CopyOnWriteArrayList<>();
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private final Consumer<Listening> onProgress;
    private volatile boolean cancelled;

    Listening() {
        this(_ -> {});
    }

    Listening(Consumer<Listening> onProgress) {
        this.onProgress = onProgress;
    }

    void cancel() {
        cancelled = true;
        actions.forEach(Runnable::run);
    }

    @Override
    public void progress(Progress progress) {
        heard.add(progress);
        onProgress.accept(this);
    }

    @Override
    public Cancellation cancellation() {
        return this;
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
