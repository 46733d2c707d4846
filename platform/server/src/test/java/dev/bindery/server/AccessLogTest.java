package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.Usage;
import dev.bindery.host.AnswerSink;
import dev.bindery.server.access.AccessLog;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

class AccessLogTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String KEY = "Authorization: Bearer sk-secret";
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(AccessLog.NAME);
    private final AppenderBase<ILoggingEvent> appender =
            new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    lines.add(event.getFormattedMessage());
                }
            };
    private Served served;

    @BeforeEach
    void start() throws Exception {
        appender.start();
        log.setAdditive(false);
        log.setLevel(Level.INFO);
        log.addAppender(appender);
        served = new Served(o -> o.keys(KeyRing.of(List.of(ApiKey.of("ci", "sk-secret")))));
    }

    @AfterEach
    void stop() {
        served.close();
        log.detachAppender(appender);
        log.setLevel(null);
        log.setAdditive(true);
    }

    private JsonNode line() throws Exception {
        String line = lines.poll(60, TimeUnit.SECONDS);
        assertThat(line).as("a line of the access log").isNotNull().doesNotContain("\n");
        return Served.json(line);
    }

    @Test
    void aWholeAnswerIsOneLineWithWhatItTook() throws Exception {
        Instant before = Instant.now();
        RawHttp.Answer answer =
                served.post(
                        CHAT + "?page=query-of-a-client",
                        chatBody(ECHO, "prompt of a client"),
                        KEY,
                        "x-request-id: mine-1");
        assertThat(answer.header("x-request-id")).isEqualTo("mine-1");
        String text = lines.poll(60, TimeUnit.SECONDS);
        assertThat(text).doesNotContain("prompt", "of a client", "query", "sk-secret");
        JsonNode line = Served.json(text);
        assertThat(Instant.parse(line.get("time").stringValue())).isBetween(before, Instant.now());
        assertThat(line.get("id").stringValue()).isEqualTo("mine-1");
        assertThat(line.get("method").stringValue()).isEqualTo("POST");
        assertThat(line.get("path").stringValue()).isEqualTo(CHAT);
        assertThat(line.get("api").stringValue()).isEqualTo("openai");
        assertThat(line.get("key").stringValue()).isEqualTo("ci");
        assertThat(line.get("status").intValue()).isEqualTo(200);
        assertThat(line.get("end").stringValue()).isEqualTo("complete");
        assertThat(line.get("instance").stringValue()).isEqualTo("echo");
        assertThat(line.get("model").stringValue()).isEqualTo("echo");
        assertThat(line.get("input_tokens").intValue()).isEqualTo(4);
        assertThat(line.get("output_tokens").intValue()).isEqualTo(4);
        assertThat(line.get("first_piece_ms").doubleValue())
                .isPositive()
                .isLessThanOrEqualTo(line.get("duration_ms").doubleValue());
        assertThat(line.has("error")).isFalse();
        assertThat(lines).isEmpty();
    }

    @Test
    void severalCallsOfOneRequestAreAddedUp() throws Exception {
        served.post("/v1/completions", "{\"model\":\"echo/echo\",\"prompt\":[\"a b\",\"c\"]}", KEY);
        JsonNode line = line();
        assertThat(line.get("calls").intValue()).isEqualTo(2);
        assertThat(line.get("input_tokens").intValue()).isEqualTo(3);
    }

    @Test
    void whatIsRefusedSaysWhy() throws Exception {
        served.post(CHAT, chatBody(ECHO, "x"), "Authorization: Bearer sk-wrong");
        JsonNode stranger = line();
        assertThat(stranger.get("status").intValue()).isEqualTo(401);
        assertThat(stranger.get("end").stringValue()).isEqualTo("failed");
        assertThat(stranger.get("error").stringValue()).isEqualTo("unauthorized");
        assertThat(stranger.has("key")).isFalse();
        served.post(CHAT, chatBody("no\\nsuch" + "x".repeat(1000), "x"), KEY);
        JsonNode lost = line();
        assertThat(lost.get("error").stringValue()).isEqualTo("MODEL_NOT_FOUND");
        assertThat(lost.get("asked").stringValue()).startsWith("no\nsuchx").hasSize(257);
        assertThat(lost.has("instance")).isFalse();
    }

    @Test
    void aFailureInAStreamIsToldThoughItsStatusWasGood() throws Exception {
        served.router.serve(
                "echo/fails",
                (_, sink) -> {
                    sink.on(Operation.chunk("a"));
                    sink.on(Operation.usage(Usage.of(4, 1)));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "it said: prompt");
                });
        served.post(CHAT, chatBody("echo/fails", "x", "\"stream\":true"), KEY);
        JsonNode line = line();
        assertThat(line.get("status").intValue()).isEqualTo(200);
        assertThat(line.get("end").stringValue()).isEqualTo("failed");
        assertThat(line.get("error").stringValue()).isEqualTo("UPSTREAM_ERROR");
        assertThat(line.get("input_tokens").intValue()).isEqualTo(4);
        assertThat(line.toString()).doesNotContain("it said");
    }

    @Test
    void aClientThatLeavesIsSaidToHaveCancelled() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        served.router.serve("echo/waits", (request, sink) -> waits(request, sink, waiting));
        RawHttp http = served.connect();
        http.post(CHAT, chatBody("echo/waits", "x", "\"stream\":true"), KEY);
        assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
        http.reset();
        assertThat(line().get("end").stringValue()).isEqualTo("cancelled");
    }

    private static GenerationResult waits(
            GenerationRequest request, AnswerSink sink, CountDownLatch waiting) throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation.Registration _ = request.cancellation().onCancel(cancelled::countDown)) {
            sink.on(Operation.chunk("a"));
            sink.pause();
            waiting.countDown();
            assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
            throw BindingException.cancelled();
        }
    }

    @Test
    void whatIsNoProperHttpHasALineToo() throws Exception {
        try (RawHttp http = served.connect()) {
            http.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n");
            assertThat(http.answer().status()).isEqualTo(400);
        }
        JsonNode line = line();
        assertThat(line.get("status").intValue()).isEqualTo(400);
        assertThat(line.get("error").stringValue()).isEqualTo("protocol_error");
    }

    @Test
    void aLogThatIsOffIsNotWritten() throws Exception {
        log.setLevel(Level.OFF);
        assertThat(served.post(CHAT, chatBody(ECHO, "x"), KEY).status()).isEqualTo(200);
        served.close();
        assertThat(lines).isEmpty();
    }

    @Test
    void theIdOfARequestIsTheSameEverywhereAndOneThatIsNotSaneIsReplaced() throws Exception {
        for (String path :
                List.of(
                        "/v1/models",
                        "/api/tags",
                        "/list_models",
                        "/healthz",
                        "/admin/v1/status")) {
            for (String id : List.of("fine-id_1.2:3", "x".repeat(129), "b d", "ü")) {
                RawHttp.Answer answer = served.get(path, "x-request-id: " + id);
                String given = answer.header("x-request-id");
                if (id.equals("fine-id_1.2:3")) {
                    assertThat(given).isEqualTo(id);
                } else {
                    assertThat(given).startsWith("req_").doesNotContain(id);
                }
                assertThat(line().get("id").stringValue()).isEqualTo(given);
            }
        }
        served.post(CHAT, chatBody(ECHO, "x"), KEY, "x-request-id: for-the-binding");
        assertThat(served.router.asked.take().caller().requestId()).isEqualTo("for-the-binding");
    }
}
