package dev.bindery.host.call;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the calls in flight, and can be shut to let them run out. Thread-safe. */
final class CallGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private int inside;
    private int stuck;
    private boolean shut;

    /**
     * Begins a call.
     *
     * @return false when the gate is shut: look for another instance
     */
    boolean enter() {
        lock.lock();
        try {
            if (shut) {
                return false;
            }
            inside++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside--;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One more of the calls inside, or one less, is not to be waited for. */
    void stuck(int more) {
        lock.lock();
        try {
            stuck += more;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int stuck() {
        lock.lock();
        try {
            return stuck;
        } finally {
            lock.unlock();
        }
    }

    int inside() {
        lock.lock();
        try {
            return inside;
        } finally {
            lock.unlock();
        }
    }

    void shut() {
        lock.lock();
        try {
            shut = true;
        } finally {
            lock.unlock();
        }
    }

    boolean isShut() {
        lock.lock();
        try {
            return shut;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no call is in flight.
     *
     * @param stuckToo whether also for those that are stuck
     * @return false when there are calls still
     */
    boolean awaitEmpty(Duration time, boolean stuckToo) throws InterruptedException {
        long nanos = time.toNanos();
        lock.lockInterruptibly();
        try {
            while (inside > (stuckToo ? 0 : stuck) && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
            return inside == 0;
        } finally {
            lock.unlock();
        }
    }
}
