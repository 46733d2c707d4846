package dev.bindery.server.connection;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets go of clients that connect and do not begin to speak: within a time, a connection must have
 * had its TLS handshake, and the first bytes that tell which HTTP it speaks. Helidon's own limits
 * begin only then. One virtual thread for each listener; what is remembered is bounded by the
 * number of connections. Safe for all threads.
 */
public final class Arrivals implements AutoCloseable {
    private static final int FEW = 1024;

    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LinkedHashMap<SocketAddress, Arrival> waiting = new LinkedHashMap<>();
    private int sweepAt = FEW;
    private boolean idle;
    private boolean closed;

    private record Arrival(SocketChannel channel, long until) {}

    private Arrivals(Duration limit) {
        this.limit = limit;
    }

    public static Arrivals within(Duration limit) {
        Arrivals arrivals = new Arrivals(limit);
        Thread.ofVirtual().name("arrivals").start(arrivals::watch);
        return arrivals;
    }

    /** Options of a listener's connections by which it is told of each of them. */
    public SocketOptions noting(SocketOptions options) {
        return new Noting(options);
    }

    private void arrived(SocketChannel channel) {
        lock.lock();
        try {
            SocketAddress client = channel.getRemoteAddress();
            if (client == null || closed) {
                return;
            }
            waiting.remove(client);
            waiting.put(client, new Arrival(channel, System.nanoTime() + limit.toNanos()));
            forgetClosed();
            if (idle) {
                changed.signal();
            }
        } catch (IOException _) {
            // It has gone already.
        } finally {
            lock.unlock();
        }
    }

    /**
     * Those that went before their time was up; looked for ever more seldom, the more there are.
     */
    private void forgetClosed() {
        if (waiting.size() > sweepAt) {
            waiting.values().removeIf(arrival -> !arrival.channel().isOpen());
            sweepAt = Math.max(FEW, 2 * waiting.size());
        }
    }

    /** That client has begun to speak. */
    void begun(SocketAddress client) {
        lock.lock();
        try {
            waiting.remove(client);
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        Optional<SocketChannel> late = nextLate();
        while (late.isPresent()) {
            endInput(late.get());
            late = nextLate();
        }
    }

    /** Waits for the next one whose time is up; empty when there will be none. */
    private Optional<SocketChannel> nextLate() {
        lock.lock();
        try {
            while (!closed) {
                Map.Entry<SocketAddress, Arrival> first = waiting.firstEntry();
                if (first == null) {
                    idle = true;
                    changed.await();
                    idle = false;
                    continue;
                }
                long left = first.getValue().until() - System.nanoTime();
                if (left <= 0) {
                    waiting.remove(first.getKey());
                    return Optional.of(first.getValue().channel());
                }
                long _ = changed.awaitNanos(left);
            }
            return Optional.empty();
        } catch (InterruptedException _) {
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Its thread sees the end of what the client says, and cleans up. */
    private static void endInput(SocketChannel channel) {
        try {
            channel.shutdownInput();
        } catch (IOException _) {
            // It has gone by itself.
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Options that tell of each connection that they are set on. */
    private final class Noting implements SocketOptions {
        private final SocketOptions options;

        private Noting(SocketOptions options) {
            this.options = options;
        }

        @Override
        public void configureSocket(SocketChannel socket) {
            options.configureSocket(socket);
            arrived(socket);
        }

        @Override
        public Map<SocketOption<?>, Object> socketOptions() {
            return options.socketOptions();
        }

        @Override
        public Duration connectTimeout() {
            return options.connectTimeout();
        }

        @Override
        public Duration readTimeout() {
            return options.readTimeout();
        }

        @Override
        public Optional<Integer> socketReceiveBufferSize() {
            return options.socketReceiveBufferSize();
        }

        @Override
        public Optional<Integer> socketSendBufferSize() {
            return options.socketSendBufferSize();
        }

        @Override
        public boolean socketReuseAddress() {
            return options.socketReuseAddress();
        }

        @Override
        public boolean socketKeepAlive() {
            return options.socketKeepAlive();
        }

        @Override
        public boolean tcpNoDelay() {
            return options.tcpNoDelay();
        }
    }
}
