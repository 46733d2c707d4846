package dev.bindery.host.lifecycle;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Waits beside a binding's queue, and goes on in its turn then. Thread-safe. */
final class Later implements AutoCloseable {
    private final String id;
    private final SerialQueue queue;
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    Later(String id, SerialQueue queue) {
        this.id = id;
        this.queue = queue;
    }

    /** Something to wait for. */
    @FunctionalInterface
    interface Waiting {
        void run() throws InterruptedException;
    }

    void after(Waiting wait, Runnable then) {
        Thread thread =
                Thread.ofVirtual().name("later-" + id).unstarted(() -> waitAndSubmit(wait, then));
        waiting.add(thread);
        thread.start();
    }

    private void waitAndSubmit(Waiting wait, Runnable then) {
        try {
            wait.run();
            queue.submit(then);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.remove(Thread.currentThread());
        }
    }

    /** Nothing that is waited for happens any more. */
    @Override
    public void close() {
        waiting.forEach(Thread::interrupt);
    }
}
