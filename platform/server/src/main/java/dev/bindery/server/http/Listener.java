package dev.bindery.server.http;

import dev.bindery.server.account.RequestListener;
import dev.bindery.server.connection.Arrivals;
import dev.bindery.server.connection.WatchedConnections;
import dev.bindery.server.options.ServerLimits;
import dev.bindery.server.options.ServerOptions;
import dev.bindery.server.port.Port;
import dev.bindery.server.session.Sessions;
import dev.bindery.server.tls.ServerCertificate;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The listening socket with everything behind it. Started by {@link #start}, ended by close. */
public final class Listener implements AutoCloseable {
    /** What cancelled calls get to end by themselves, before their threads are interrupted. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final WebServer server;
    private final ServerOptions options;
    private final Arrivals arrivals;

    private Listener(WebServer server, ServerOptions options, Arrivals arrivals) {
        this.server = server;
        this.options = options;
        this.arrivals = arrivals;
    }

    /**
     * Makes what Helidon keeps for all servers of a program, so that the first one need not: its
     * registry of services and its configuration take longer than all else at a start.
     */
    public static void prepare() {
        WebServer _ =
                WebServer.builder().shutdownHook(false).protocolsDiscoverServices(false).build();
    }

    /**
     * @param apis what is served; one of them has the prefix {@code /}
     * @param listener hears of every request when it has ended
     * @param sessions let browsers into the admin API
     * @throws IOException when the address is in use or not this machine's
     */
    public static Listener start(
            ServerOptions options, List<Api> apis, RequestListener listener, Sessions sessions)
            throws IOException {
        Arrivals arrivals = Arrivals.within(options.limits().arrival());
        Door door = new Door(apis, listener, options, sessions);
        WebServer server = configure(options, door, arrivals).start();
        if (!server.isRunning()) {
            arrivals.close();
            checkFree(options);
            throw new IOException("cannot listen on " + name(options));
        }
        return new Listener(server, options, arrivals);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(options.address(), server.port());
    }

    /** Stops accepting, and waits for running requests: for the grace and a little longer. */
    @Override
    public void close() {
        server.stop();
        arrivals.close();
    }

    private static WebServer configure(ServerOptions options, Door door, Arrivals arrivals) {
        ServerLimits limits = options.limits();
        WebServerConfig.Builder server = WebServer.builder();
        options.certificate().map(Listener::tls).ifPresent(server::tls);
        return server.address(options.address())
                .port(options.port())
                .shutdownHook(false)
                .shutdownGracePeriod(options.grace().plus(LAST_WORDS))
                .connectionOptions(
                        arrivals.noting(SocketOptions.builder().tcpNoDelay(true).build()))
                .writeBufferSize(0)
                .maxTcpConnections(limits.connections())
                .maxPayloadSize(Math.max(limits.bodyBytes(), limits.uploadBytes()))
                .idleConnectionTimeout(limits.idleConnection())
                .contentEncoding(Gunzip.context())
                .directHandlers(ProtocolErrors.handlers(door))
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .protocolsDiscoverServices(false)
                .connectionSelectors(
                        WatchedConnections.selectors(
                                http1(limits), http2(limits), limits.bodyBytes(), arrivals))
                .routing(routing -> routing.any(door))
                .build();
    }

    /** Which of HTTP/2 and HTTP/1.1 is spoken, the connection selectors settle by ALPN. */
    private static Tls tls(ServerCertificate certificate) {
        return Tls.builder().sslContext(certificate.context()).build();
    }

    private static Http1Config http1(ServerLimits limits) {
        return Http1Config.builder()
                .maxHeadersSize(limits.headerBytes())
                .maxPrologueLength(limits.targetBytes())
                .build();
    }

    private static Http2Config http2(ServerLimits limits) {
        return Http2Config.builder()
                .maxHeaderListSize(limits.headerBytes())
                .maxConcurrentStreams(limits.concurrentStreams())
                .build();
    }

    /**
     * Helidon only logs that it could not bind; here it is said to whoever starts the server.
     *
     * @throws IOException when somebody listens there already
     */
    public static void checkFree(ServerOptions options) throws IOException {
        try {
            Port.checkFree(new InetSocketAddress(options.address(), options.port()));
        } catch (IOException e) {
            throw new IOException(e.getMessage() + ". Stop it, or choose another port.", e);
        }
    }

    private static String name(ServerOptions options) {
        return options.address().getHostAddress() + ":" + options.port();
    }
}
