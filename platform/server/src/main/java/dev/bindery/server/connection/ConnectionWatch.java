package dev.bindery.server.connection;

import io.helidon.webserver.http.ServerRequest;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;

/**
 * Tells a request's handler that its client went away, also while the handler waits in silence.
 *
 * <p>Helidon finds out only when a write fails, which for a long prompt is seconds or minutes after
 * the client gave up; until then the upstream computes an answer that nobody reads. A client counts
 * as gone when its connection ends or fails, or when it resets the request's HTTP/2 stream. The end
 * of the client's output counts as the end of the connection, as it does for nginx and Go: a client
 * that half-closes cannot be told from one that died. Being gone closes nothing by itself; what a
 * handler still writes is sent if anyone listens.
 *
 * <p>Safe for use by any thread. Each action runs at most once, on a virtual thread of its own, so
 * that it may block. It never runs for a request other than its own, provided that the handler
 * closes the {@link Registration} before it returns.
 */
public final class ConnectionWatch {
    private static final int REMEMBERED_RESETS = 256;

    private final Set<Interest> interests = ConcurrentHashMap.newKeySet();
    private final NavigableSet<Integer> resetStreams = new ConcurrentSkipListSet<>();
    private volatile Runnable registered = () -> {};
    private volatile boolean gone;

    ConnectionWatch() {}

    /**
     * Runs an action as soon as the client of a request goes away; at once if it already has.
     * Register after the request's body has been read: the watch looks ahead only so far, and a
     * body that nobody reads hides the end of the connection behind it.
     *
     * @throws IllegalStateException if the request did not come through {@link WatchedConnections}
     */
    public static Registration onDisconnect(ServerRequest request, Runnable action) {
        if (request.remotePeer() instanceof WatchedPeer peer) {
            return peer.watch().register(request.id(), action);
        }
        throw new IllegalStateException(
                "The connection of request "
                        + request.prologue()
                        + " is not watched. Give the listener the selectors of"
                        + " WatchedConnections and no other.");
    }

    Registration register(int stream, Runnable action) {
        Interest interest = new Interest(stream, action);
        interests.add(interest);
        if (gone || resetStreams.contains(stream)) {
            tell(interest);
        } else {
            registered.run();
        }
        return () -> interests.remove(interest);
    }

    void whenRegistered(Runnable reaction) {
        registered = reaction;
    }

    boolean wanted() {
        return !interests.isEmpty();
    }

    void connectionEnded() {
        gone = true;
        tellAll(_ -> true);
    }

    void streamReset(int stream) {
        resetStreams.add(stream);
        if (resetStreams.size() > REMEMBERED_RESETS) {
            resetStreams.pollFirst();
        }
        tellAll(interest -> interest.stream == stream);
    }

    private void tellAll(Predicate<Interest> affected) {
        interests.stream().filter(affected).forEach(this::tell);
    }

    private void tell(Interest interest) {
        if (interests.remove(interest)) {
            Thread.ofVirtual().name("client-gone").start(interest.action);
        }
    }

    /** Ends a handler's interest in its client; an action that has begun is not waited for. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Compared by identity, so that a handler may register the same action twice. */
    private static final class Interest {
        private final int stream;
        private final Runnable action;

        private Interest(int stream, Runnable action) {
            this.stream = stream;
            this.action = action;
        }
    }
}
