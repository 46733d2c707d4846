package dev.bindery.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.List;
import java.util.Set;

/**
 * Helidon's own HTTP/1.1 and HTTP/2 connections, each under a {@link ConnectionWatch}.
 *
 * <p>A listener takes these as its connection selectors and discovers no protocols, because a
 * connection that another selector accepts is not watched. The cleartext upgrade from HTTP/1.1 to
 * HTTP/2 is left out for the same reason; prior knowledge and ALPN remain. Safe for all threads.
 */
public final class WatchedConnections implements ServerConnectionSelector {
    private final ServerConnectionSelector protocol;
    private final Watching watching;
    private final Arrivals arrivals;

    private WatchedConnections(
            ServerConnectionSelector protocol, Watching watching, Arrivals arrivals) {
        this.protocol = protocol;
        this.watching = watching;
        this.arrivals = arrivals;
    }

    /**
     * The selectors of a listener, in the order in which it must ask them.
     *
     * @param chunkBytes the longest chunk of a body
     * @param arrivals hear of each connection whose client has begun to speak
     */
    public static List<ServerConnectionSelector> selectors(
            Http1Config http1, Http2Config http2, long chunkBytes, Arrivals arrivals) {
        return List.of(
                http2(http2, arrivals),
                http1(http1, chunkBytes, arrivals),
                new OldProtocol(arrivals));
    }

    private static ServerConnectionSelector http1(
            Http1Config config, long chunkBytes, Arrivals arrivals) {
        return new WatchedConnections(
                Http1ConnectionSelector.builder().config(config).build(),
                (context, watch, socket) ->
                        new WatchedContext(
                                context,
                                watch,
                                new ChunkBoundReader(new ReadAhead(socket, watch), chunkBytes),
                                context.dataWriter()),
                arrivals);
    }

    private static ServerConnectionSelector http2(Http2Config config, Arrivals arrivals) {
        return new WatchedConnections(
                Http2ConnectionSelector.builder().http2Config(config).build(),
                WatchedConnections::http2,
                arrivals);
    }

    private static WatchedContext http2(
            ConnectionContext context, ConnectionWatch watch, ByteSource socket) {
        OpenStreams streams = new OpenStreams();
        return new WatchedContext(
                context,
                watch,
                DataReader.create(new StreamGuard(socket, watch, streams)),
                new FrameWriter(context.dataWriter(), streams));
    }

    @Override
    public int bytesToIdentifyConnection() {
        return protocol.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return protocol.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return protocol.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        arrivals.begun(context.remotePeer().address());
        ConnectionWatch watch = new ConnectionWatch();
        ConnectionContext watched = watching.of(context, watch, new SocketSource(context, watch));
        return new WatchedConnection(protocol.connection(watched), watch);
    }

    @FunctionalInterface
    private interface Watching {
        WatchedContext of(ConnectionContext context, ConnectionWatch watch, ByteSource socket);
    }
}
