package dev.bindery.host.call;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work whose thread can be interrupted while it does this work, and never in what it
 * does next. Thread-safe.
 */
public final class Interruptible {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread runner;

    /** Runs the work on the calling thread. */
    public void run(Runnable work) {
        runsOn(Thread.currentThread());
        try {
            work.run();
        } finally {
            runsOn(null);
        }
    }

    private void runsOn(@Nullable Thread thread) {
        lock.lock();
        try {
            runner = thread;
            if (thread == null) {
                boolean _ = Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the work if it is being done. */
    public void interrupt() {
        lock.lock();
        try {
            if (runner != null) {
                runner.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
