package dev.bindery.host.call;

import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way of operations from the binding's thread to the caller's, bounded by the bytes that wait:
 * a client that reads slowly holds up its own binding call only. One side puts, the other takes.
 */
final class OperationQueue {
    private static final int MOST_BYTES = 256 * 1024;
    private static final int FIXED_COST = 128;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Operation> waiting = new ArrayList<>();
    private long bytes;
    private boolean closed;
    private boolean ended;
    private boolean woken;
    private boolean unread;

    /**
     * Adds an operation; waits while the other side is behind.
     *
     * @return false when it is no longer wanted, or the other side has not read for that long; then
     *     nothing is taken any more, or there would be a gap
     */
    boolean put(Operation operation, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (bytes > MOST_BYTES && isOpen() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            unread = unread || (isOpen() && bytes > MOST_BYTES);
            if (!isOpen()) {
                return false;
            }
            waiting.add(operation);
            bytes += cost(operation);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        return !closed && !ended && !unread;
    }

    /** Whether something was refused because the other side did not read. */
    boolean wasUnread() {
        lock.lock();
        try {
            return unread;
        } finally {
            lock.unlock();
        }
    }

    private static long cost(Operation operation) {
        long media = operation.media().flatMap(MediaPart::blob).map(Blob::length).orElse(0L);
        long call = operation.toolCall().map(delta -> delta.argumentsFragment().length()).orElse(0);
        return FIXED_COST
                + 2L * (operation.text().length() + call)
                + Math.max(0, media)
                + (operation.metadata().fields().isEmpty()
                        ? 0
                        : 2L * operation.metadata().toString().length());
    }

    /** Nothing more will be taken: {@link #put} answers false from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be put. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the side that takes. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that waits; waits for the first one until the end, or until woken. */
    List<Operation> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended && !woken) {
                changed.await();
            }
            woken = false;
            List<Operation> taken = waiting;
            waiting = new ArrayList<>();
            bytes = 0;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything was put and taken. */
    boolean isExhausted() {
        lock.lock();
        try {
            return ended && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
