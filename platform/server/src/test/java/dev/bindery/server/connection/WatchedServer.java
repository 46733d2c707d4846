package dev.bindery.server.connection;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A real server on a port of its own, whose handlers report what befalls their clients. */
final class WatchedServer implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 10;

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final BlockingQueue<Gone> gone = new LinkedBlockingQueue<>();
    private final Arrivals arrivals = Arrivals.within(Duration.ofMinutes(1));
    private final WebServer server;

    /** A handler that waits and watches its client, until it is released or told. */
    record Waiting(String query, CountDownLatch latch) {
        void release() {
            latch.countDown();
        }
    }

    /** A client's going away, as the handler of the request with this query was told of it. */
    record Gone(String query) {}

    private WatchedServer(@Nullable SSLContext tls) {
        WebServerConfig.Builder config =
                WebServer.builder()
                        .address(InetAddress.getLoopbackAddress())
                        .port(0)
                        .shutdownHook(false)
                        .connectionOptions(
                                arrivals.noting(SocketOptions.builder().tcpNoDelay(true).build()))
                        .protocolsDiscoverServices(false)
                        .connectionSelectors(
                                WatchedConnections.selectors(
                                        Http1Config.create(),
                                        Http2Config.create(),
                                        64 << 20,
                                        arrivals))
                        .routing(this::routes);
        if (tls != null) {
            config.tls(Tls.builder().sslContext(tls).build());
        }
        this.server = config.build().start();
    }

    static WatchedServer plain() {
        return new WatchedServer(null);
    }

    static WatchedServer secured(SSLContext context) {
        return new WatchedServer(context);
    }

    int port() {
        return server.port();
    }

    /** Waits until a handler has begun to wait, watching its client. */
    Waiting awaitHandler() throws InterruptedException {
        return await(waiting, "a handler that waits");
    }

    Gone awaitGone() throws InterruptedException {
        return await(gone, "a handler told of its client's going");
    }

    /** Those that handlers were told of so far. */
    List<Gone> gone() {
        return List.copyOf(gone);
    }

    boolean anyoneGone() {
        return !gone.isEmpty();
    }

    @Override
    public void close() {
        server.stop();
        arrivals.close();
    }

    private void routes(HttpRouting.Builder routing) {
        routing.any("/silent", this::silent)
                .get("/stream", this::stream)
                .get("/flood", this::flood)
                .get("/quick", this::quick)
                .get("/unwatched", (request, response) -> response.send("answered"));
    }

    private void silent(ServerRequest request, ServerResponse response) throws Exception {
        long length = drain(request);
        waitWatching(request);
        response.send("read " + length);
    }

    private void stream(ServerRequest request, ServerResponse response) throws Exception {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        try (OutputStream out = response.outputStream()) {
            out.write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            waitWatching(request);
            out.write("data: last\n\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes until that fails, and waits on, since the failing write may come first. */
    private void flood(ServerRequest request, ServerResponse response) throws Exception {
        Waiting handler = new Waiting(request.query().rawValue(), new CountDownLatch(1));
        try (var _ = ConnectionWatch.onDisconnect(request, () -> told(request, handler))) {
            writeUntilItFails(response, handler);
            handler.latch().await(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void writeUntilItFails(ServerResponse response, Waiting handler) throws IOException {
        try {
            OutputStream out = response.outputStream();
            out.write(new byte[1 << 16]);
            out.flush();
            waiting.add(handler);
            for (int i = 0; i < 1000; i++) {
                out.write(new byte[1 << 16]);
            }
        } catch (ServerConnectionException _) {
            // what the client's leaving looks like to a writer
        }
    }

    private void quick(ServerRequest request, ServerResponse response) {
        try (var _ = ConnectionWatch.onDisconnect(request, () -> reportGone(request))) {
            response.send("quick");
        }
    }

    private void waitWatching(ServerRequest request) throws InterruptedException {
        Waiting handler = new Waiting(request.query().rawValue(), new CountDownLatch(1));
        try (var _ = ConnectionWatch.onDisconnect(request, () -> told(request, handler))) {
            waiting.add(handler);
            handler.latch().await(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void told(ServerRequest request, Waiting handler) {
        reportGone(request);
        handler.release();
    }

    private void reportGone(ServerRequest request) {
        gone.add(new Gone(request.query().rawValue()));
    }

    private static long drain(ServerRequest request) throws IOException {
        if (!request.content().hasEntity()) {
            return 0;
        }
        try (InputStream body = request.content().inputStream()) {
            return body.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static <T> T await(BlockingQueue<T> queue, String what) throws InterruptedException {
        T found = queue.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (found == null) {
            throw new AssertionError("Within " + DEADLINE_SECONDS + " s there was not " + what);
        }
        return found;
    }
}
