package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that fail, fall silent, break off, and are called off. */
class ConnectionTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String EVENT = "9\r\ndata: a\n\n\r\n";
    private static final String END = "0\r\n\r\n";
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TestCancellation cancellation = new TestCancellation();

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void aConnectionThatIsRefusedIsTriedAgain() throws Exception {
        int port;
        try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = reserved.getLocalPort();
        }
        long begun = System.nanoTime();
        try (Upstream upstream = upstream("http://127.0.0.1:" + port)) {
            BindingException e = failure(upstream, post());

            assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
            assertThat(e).hasMessageContaining("cannot connect to 127.0.0.1:" + port);
            assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(370).toNanos());
        }
    }

    @Test
    void aGenerationThatTheProviderMayHaveSeenIsNotSentAgain() throws Exception {
        try (RawServer server = new RawServer(RawServer.Exchange::hangUp);
                Upstream upstream = upstream(server.url())) {
            BindingException e = failure(upstream, post());

            assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
            assertThat(server.requests()).isOne();
        }
    }

    @Test
    void whatDoesNoHarmTwiceIsSentAgain() throws Exception {
        try (RawServer server = new RawServer(ConnectionTest::hangUpOnce);
                Upstream upstream = upstream(server.url())) {
            upstream.json(UpstreamRequest.get("models").build());

            assertThat(server.requests()).isEqualTo(2);
        }
    }

    private static void hangUpOnce(RawServer.Exchange exchange) throws java.io.IOException {
        if (exchange.number() == 1) {
            exchange.hangUp();
        } else {
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        }
    }

    @Test
    void silenceBeforeTheFirstByteIsATimeout() throws Exception {
        try (RawServer server = new RawServer(_ -> {});
                Upstream upstream = Upstream.of(firstByte(server, SHORT).build())) {
            assertThat(failure(upstream, post()).code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(server.requests()).isOne();
        }
    }

    @Test
    void theFirstEventMayTakeLongerThanTheOthers() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (RawServer server = new RawServer(exchange -> slowlyThenSilent(exchange, go));
                Upstream upstream =
                        Upstream.of(
                                UpstreamOptions.builder(server.url()).idleTimeout(SHORT).build());
                Reply reply = upstream.send(streamed())) {
            threads.execute(
                    () -> go.completeOnTimeout(null, SHORT.toMillis() * 2, TimeUnit.MILLISECONDS));

            assertThat(reply.events().next()).isEqualTo(new SseEvent("message", "a", ""));
            BindingException e =
                    catchThrowableOfType(BindingException.class, () -> reply.events().next());

            assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
        }
    }

    private static void slowlyThenSilent(RawServer.Exchange exchange, CompletableFuture<Void> go)
            throws java.io.IOException {
        exchange.send(HEAD);
        go.join();
        exchange.send(EVENT);
    }

    @Test
    void whatIsDoneWithAnEventMayTakeLongerThanSilence() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (RawServer server = new RawServer(exchange -> twoEvents(exchange, go));
                Upstream upstream =
                        Upstream.of(
                                UpstreamOptions.builder(server.url()).idleTimeout(SHORT).build());
                Reply reply = upstream.send(streamed())) {
            SseReader events = reply.events();
            assertThat(events.next()).isNotNull();
            go.completeOnTimeout(null, SHORT.toMillis() * 3, TimeUnit.MILLISECONDS).join();

            assertThat(events.next()).isEqualTo(new SseEvent("message", "a", ""));
        }
    }

    private static void twoEvents(RawServer.Exchange exchange, CompletableFuture<Void> go)
            throws java.io.IOException {
        exchange.send(HEAD + EVENT);
        go.join();
        exchange.send(EVENT + END);
    }

    @Test
    void noMoreThanSixtyFourConnectionsStayOpenInIdleness() throws Exception {
        CountDownLatch allThere = new CountDownLatch(65);
        try (RawServer server = new RawServer(exchange -> together(exchange, allThere));
                Upstream upstream = upstream(server.url())) {
            for (int i = 0; i < 65; i++) {
                threads.execute(() -> upstream.json(post()));
            }

            assertThat(server.clientGone()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(server.requests()).isEqualTo(65);
        }
    }

    private static void together(RawServer.Exchange exchange, CountDownLatch allThere)
            throws java.io.IOException {
        allThere.countDown();
        try {
            allThere.await();
        } catch (InterruptedException e) {
            throw new java.io.InterruptedIOException();
        }
        exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    }

    @Test
    void theTimeOfTheRequestHoldsForItsWholeAnswer() throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.send(HEAD));
                Upstream upstream = upstream(server.url());
                Reply reply =
                        upstream.send(
                                UpstreamRequest.post("x", Json.object())
                                        .within(Optional.of(Duration.ofMillis(500)))
                                        .build())) {
            BindingException e =
                    catchThrowableOfType(BindingException.class, () -> reply.events().next());

            assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(e).hasMessageContaining("time of the request");
        }
    }

    @Test
    void aBrokenAnswerIsTheProvidersError() throws Exception {
        try (RawServer server = new RawServer(ConnectionTest::breakOff);
                Upstream upstream = upstream(server.url());
                Reply reply = upstream.send(streamed())) {
            assertThat(reply.events().next()).isNotNull();
            BindingException e =
                    catchThrowableOfType(BindingException.class, () -> reply.events().next());

            assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
            assertThat(e).hasMessageContaining("broke off");
        }
    }

    private static void breakOff(RawServer.Exchange exchange) throws java.io.IOException {
        exchange.send(HEAD + EVENT + "20\r\ndata: half an ev");
        exchange.hangUp();
    }

    @Test
    void cancellingBeforeAnyAnswerClosesTheConnection() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (RawServer server = new RawServer(_ -> asked.complete(null));
                Upstream upstream = upstream(server.url())) {
            var call = threads.submit(() -> failure(upstream, cancellable()));
            asked.get(10, TimeUnit.SECONDS);

            cancellation.cancel();

            assertThat(call.get(10, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
            server.clientGone().get(10, TimeUnit.SECONDS);
            assertThat(cancellation.registered()).isZero();
        }
    }

    @Test
    void cancellingInAPauseEndsIt() throws Exception {
        String refusal =
                "HTTP/1.1 429 No\r\nRetry-After: 15\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (RawServer server = new RawServer(exchange -> exchange.send(refusal));
                Upstream upstream = upstream(server.url())) {
            var call = threads.submit(() -> failure(upstream, cancellable()));
            server.clientGone().get(10, TimeUnit.SECONDS);

            cancellation.cancel();

            assertThat(call.get(10, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(server.requests()).isOne();
        }
    }

    @Test
    void aCancelledRequestIsNotSent() throws Exception {
        cancellation.cancel();
        try (RawServer server = new RawServer(_ -> {});
                Upstream upstream = upstream(server.url())) {
            assertThat(failure(upstream, cancellable()).code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void aReplyThatIsClosedEarlyStopsTheProvider() throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.send(HEAD + EVENT));
                Upstream upstream = upstream(server.url())) {
            try (Reply reply = upstream.send(streamed())) {
                assertThat(reply.events().next()).isNotNull();
            }
            server.clientGone().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aReplyThatIsFinishedLeavesTheConnectionForTheNext() throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.send(HEAD + EVENT + END))) {
            Upstream upstream = upstream(server.url());
            try (Reply reply = upstream.send(streamed())) {
                assertThat(reply.events().next()).isNotNull();
                reply.finished();
            }
            assertThat(server.clientGone()).isNotDone();
            upstream.close();
            server.clientGone().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void closingEndsRunningCallsAndRefusesNewOnes() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (RawServer server = new RawServer(_ -> asked.complete(null))) {
            Upstream upstream = upstream(server.url());
            var call = threads.submit(() -> failure(upstream, post()));
            asked.get(10, TimeUnit.SECONDS);

            upstream.close();

            assertThat(call.get(10, TimeUnit.SECONDS).code())
                    .isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
            assertThat(failure(upstream, post())).hasMessageContaining("is closed");
        }
    }

    @Test
    void noThreadKeepsTheCallersClassLoader() throws Exception {
        ClassLoader bindings = new ClassLoader("binding", getClass().getClassLoader()) {};
        try (RawServer server = new RawServer(exchange -> exchange.send(HEAD + EVENT + END));
                Upstream upstream = upstream(server.url())) {
            Thread caller = Thread.ofPlatform().unstarted(() -> failure(upstream, streamed()));
            caller.setContextClassLoader(bindings);
            caller.start();
            caller.join();
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getContextClassLoader)
                .doesNotContain(bindings);
    }

    private static Upstream upstream(String url) {
        return Upstream.of(UpstreamOptions.builder(url).build());
    }

    private static UpstreamOptions.Builder firstByte(RawServer server, Duration wait) {
        return UpstreamOptions.builder(server.url()).firstByteTimeout(wait);
    }

    private static UpstreamRequest post() {
        return UpstreamRequest.post("x", Json.object()).build();
    }

    private static UpstreamRequest streamed() {
        return UpstreamRequest.post("x", Json.object()).streamed(true).build();
    }

    private UpstreamRequest cancellable() {
        return UpstreamRequest.post("x", Json.object()).cancellation(cancellation).build();
    }

    private static BindingException failure(Upstream upstream, UpstreamRequest request) {
        return catchThrowableOfType(BindingException.class, () -> upstream.json(request));
    }
}
