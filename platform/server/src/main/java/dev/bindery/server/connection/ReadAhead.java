package dev.bindery.server.connection;

import io.helidon.webserver.CloseConnectionException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a read pending on an HTTP/1.1 connection while a handler wants to know of its client,
 * because the end of a connection shows only to one who reads. What comes instead of the end, such
 * as a pipelined request, is kept in order for whoever reads next. Beyond {@value #LIMIT} bytes it
 * stops reading: the client then feels back-pressure, and its going away shows when there is room
 * again or a write fails.
 *
 * <p>One thread, the connection's, calls {@link #get}. A read is made by that thread unless
 * somebody watches, otherwise by one virtual thread, which may outlive the request and then serves
 * the first read of the next one. It ends with the connection at the latest.
 */
final class ReadAhead implements ByteSource {
    static final int LIMIT = 64 * 1024;
    private static final int LEAST_COST = 256;

    private final ByteSource socket;
    private final ConnectionWatch watch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<byte[]> ahead = new ArrayDeque<>();
    private int cost;
    private boolean reading;
    private boolean ended;
    private @Nullable RuntimeException failure;

    ReadAhead(ByteSource socket, ConnectionWatch watch) {
        this.socket = socket;
        this.watch = watch;
        watch.whenRegistered(this::readAheadIfWanted);
    }

    @Override
    public byte @Nullable [] get() {
        if (callerMustRead()) {
            read();
        }
        byte[] bytes = take();
        readAheadIfWanted();
        return bytes;
    }

    private boolean callerMustRead() {
        lock.lock();
        try {
            while (reading && ahead.isEmpty()) {
                changed.await();
            }
            boolean mustRead = ahead.isEmpty() && !ended;
            reading |= mustRead;
            return mustRead;
        } catch (InterruptedException e) {
            throw new CloseConnectionException("Asked to close while waiting for the client", e);
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] take() {
        lock.lock();
        try {
            byte[] bytes = ahead.poll();
            if (bytes == null && failure != null) {
                throw failure;
            }
            cost -= costOf(bytes);
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private void readAheadIfWanted() {
        if (mayReadAhead()) {
            Thread.ofVirtual().name("connection-watch").start(this::readWhileWanted);
        }
    }

    private void readWhileWanted() {
        do {
            read();
        } while (mayReadAhead());
    }

    private boolean mayReadAhead() {
        lock.lock();
        try {
            boolean may = !reading && !ended && cost < LIMIT && watch.wanted();
            reading |= may;
            return may;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        try {
            arrived(socket.get(), null);
        } catch (RuntimeException e) {
            arrived(null, e);
        }
    }

    private void arrived(byte @Nullable [] bytes, @Nullable RuntimeException failed) {
        lock.lock();
        try {
            if (bytes == null) {
                ended = true;
                failure = failed;
            } else {
                ahead.add(bytes);
                cost += costOf(bytes);
            }
            reading = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What a piece occupies, so that a flood of single bytes is bounded too. */
    private static int costOf(byte @Nullable [] bytes) {
        return bytes == null ? 0 : Math.max(bytes.length, LEAST_COST);
    }
}
