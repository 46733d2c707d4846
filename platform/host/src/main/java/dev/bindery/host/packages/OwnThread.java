package dev.bindery.host.packages;

import dev.bindery.api.Cancellation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that a binding asks for on a thread of the host's own, while the binding's waits.
 * Libraries that fetch start threads which idle for long, and a thread keeps the context class
 * loader and the inheritable thread locals of the one that started it: begun from a binding's
 * thread, they would keep its classes in memory.
 */
final class OwnThread {
    private OwnThread() {}

    static void run(Work.Step step) throws IOException, InterruptedException {
        FutureTask<@Nullable Void> task =
                new FutureTask<>(() -> {
                    step.run();
                    return null;
                });
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("packages")
                        .inheritInheritableThreadLocals(false)
                        .unstarted(task);
        thread.setContextClassLoader(OwnThread.class.getClassLoader());
        thread.start();
        try {
            task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            thread.join();
            throw e;
        } catch (ExecutionException e) {
            rethrow(e.getCause());
        }
    }

    private static void rethrow(@Nullable Throwable cause)
            throws IOException, InterruptedException {
        switch (cause) {
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        }
    }

    /** A listener that hears as on the thread that it comes from: it is the binding's code. */
    static ProgressListener heardAsHere(ProgressListener listener) {
        ClassLoader here = Thread.currentThread().getContextClassLoader();
        return new ProgressListener() {
            @Override
            public void progress(Progress progress) {
                Thread thread = Thread.currentThread();
                ClassLoader before = thread.getContextClassLoader();
                thread.setContextClassLoader(here);
                try {
                    listener.progress(progress);
                } finally {
                    thread.setContextClassLoader(before);
                }
            }

            @Override
            public Cancellation cancellation() {
                return listener.cancellation();
            }
        };
    }
}
