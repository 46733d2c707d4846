package dev.bindery.server;

import static dev.bindery.server.Served.chatBody;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.Reach;
import dev.bindery.server.access.AccessLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What bindings ask of other instances is counted there, and nowhere a second time. */
class CallsBehindTest {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(AccessLog.NAME);
    private final AppenderBase<ILoggingEvent> appender =
            new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    lines.add(event.getFormattedMessage());
                }
            };

    @TempDir Path home;
    private HostedServer hosted;

    @BeforeEach
    void start() throws IOException {
        appender.start();
        log.setAdditive(false);
        log.setLevel(Level.INFO);
        log.addAppender(appender);
        hosted = new HostedServer(home);
        hosted.install("metered", "chat, stream, embeddings", MeteredBinding.class);
        hosted.install("relay", "chat, stream, embeddings", RelayingBinding.class);
        hosted.install("outer", "chat, stream, embeddings", RelayingBinding.class);
        allow("relay", "metered");
        allow("outer", "relay", "metered");
    }

    @AfterEach
    void stop() {
        hosted.close();
        log.detachAppender(appender);
        log.setLevel(null);
        log.setAdditive(true);
    }

    private void allow(String instance, String... calls) {
        hosted.host()
                .instances()
                .configure(instance, InstanceChange.calls(new Reach(List.of(calls))));
    }

    /** Counted is after the answer was written. */
    private JsonNode totals(String instance, Predicate<JsonNode> counted) throws IOException {
        String path = "instances/" + instance;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        JsonNode totals = hosted.admin(path).path("totals");
        while (!counted.test(totals) && System.nanoTime() < end) {
            totals = hosted.admin(path).path("totals");
        }
        assertThat(counted.test(totals)).as(totals.toString()).isTrue();
        return totals;
    }

    private void assertPassedOn(String instance, int calls) throws IOException {
        JsonNode totals = totals(instance, all -> all.path("calls").asInt() == calls);
        assertThat(totals.path("unpriced_calls").asInt()).isZero();
        assertThat(totals.path("input_tokens").asInt()).isZero();
        assertThat(totals.path("output_tokens").asInt()).isZero();
        assertThat(totals.path("cost").isEmpty()).isTrue();
    }

    private void assertTaken(int calls, int tokens, double dollars) throws IOException {
        JsonNode totals = totals("metered", all -> all.path("calls").asInt() == calls);
        assertThat(totals.path("input_tokens").asInt()).isEqualTo(tokens);
        assertThat(totals.at("/cost/USD").asDouble()).isEqualTo(dollars);
        assertThat(hosted.admin("status").at("/cost/USD").asDouble()).isEqualTo(dollars);
    }

    @Test
    void theyAreCountedAndPricedUnderTheirOwnNames() throws Exception {
        JsonNode usage = json(hosted.chat("relay/on", "metered/priced")).path("usage");

        assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(10);
        assertThat(usage.path("cost").asDouble()).as("what the client is told").isEqualTo(0.02);
        assertPassedOn("relay", 1);
        assertTaken(1, 10, 0.02);
        assertThat(totals("metered", _ -> true).at("/models/priced/cost/USD").asDouble())
                .isEqualTo(0.02);
        JsonNode line = lineOf("/v1/chat/completions");
        assertThat(line.path("instance").asString()).isEqualTo("relay");
        assertThat(line.path("behind").toString()).isEqualTo("[\"metered/priced\"]");
        assertThat(line.path("input_tokens").asInt()).isEqualTo(10);
        assertThat(line.has("calls")).isFalse();
    }

    private JsonNode lineOf(String path) throws InterruptedException {
        JsonNode line = json(lines.poll(60, TimeUnit.SECONDS));
        while (!line.path("path").asString().equals(path)) {
            line = json(lines.poll(60, TimeUnit.SECONDS));
        }
        return line;
    }

    @Test
    void theFiguresHaveTheCallsOfBothAndTheTokensOfOne() throws Exception {
        hosted.chat("relay/on", "metered/priced", "\"stream\":true");
        assertPassedOn("relay", 1);

        Exposition figures = Exposition.read(hosted.get("/metrics").body());

        assertThat(figures.value("gen_ai_server_request_duration_seconds_count", labels("relay")))
                .isEqualTo(1);
        assertThat(figures.value("gen_ai_server_request_duration_seconds_count", labels("metered")))
                .isEqualTo(1);
        assertThat(figures.mentioning("gen_ai_client_token_usage_sum"))
                .hasSize(2)
                .allMatch(series -> series.contains("bindery_instance=metered"));
        assertThat(figures.mentioning("bindery_cost_total"))
                .hasSize(1)
                .allMatch(series -> series.contains("bindery_instance=metered"));
    }

    private static String[] labels(String instance) {
        String model = instance.equals("metered") ? "priced" : "on";
        return new String[] {
            "bindery_api",
            "openai",
            "bindery_instance",
            instance,
            "gen_ai_operation_name",
            "chat",
            "gen_ai_provider_name",
            instance,
            "gen_ai_request_model",
            model,
            "error_type",
            ""
        };
    }

    @Test
    void oneThatFailedBeforeCountsAndLeavesTheCostKnown() throws Exception {
        JsonNode usage =
                json(hosted.chat("relay/on", "metered/broken|metered/billed")).path("usage");

        assertThat(usage.path("cost").asDouble()).isEqualTo(0.5);
        assertPassedOn("relay", 1);
        assertTaken(2, 10, 0.5);
    }

    @Test
    void aWayThroughSeveralInstancesIsPaidOnceAtItsEnd() throws Exception {
        JsonNode usage = json(hosted.chat("outer/on", "relay/on>metered/priced")).path("usage");

        assertThat(usage.path("cost").asDouble()).isEqualTo(0.02);
        assertPassedOn("outer", 1);
        assertPassedOn("relay", 1);
        assertTaken(1, 10, 0.02);
    }

    @Test
    void vectorsAreCountedLikewise() throws Exception {
        hosted.post("/v1/embeddings", "{\"model\":\"relay/on\",\"input\":\"metered/priced\"}");

        assertPassedOn("relay", 1);
        assertTaken(1, 10, 0.02);
    }

    @Test
    void oneThatEndsAfterItsClientHasLeftIsCountedAllTheSame() throws Exception {
        try (RawHttp left = hosted.connect()) {
            left.post(
                    "/v1/chat/completions",
                    chatBody("relay/on", "metered/held", "\"stream\":true"));
            left.begin();
            while (!left.chunk().contains("one")) {
                assertThat(lines).noneMatch(line -> line.contains("relay"));
            }
        }

        assertPassedOn("relay", 1);
        assertTaken(1, 10, 0.02);
    }
}
