package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.chatBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.Operation;
import dev.bindery.api.Usage;
import dev.bindery.host.AnswerSink;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String DURATIONS = "gen_ai_server_request_duration_seconds";
    private static final String FIRST = "gen_ai_server_time_to_first_token_seconds";
    private static final String NEXT = "gen_ai_server_time_per_output_token_seconds";
    private static final String TOKENS = "gen_ai_client_token_usage";
    private Served served;

    @BeforeEach
    void start() throws Exception {
        served = new Served();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private Exposition scrape(String... headers) throws Exception {
        RawHttp.Answer answer = served.get("/metrics", headers);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type"))
                .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        return Exposition.read(answer.body());
    }

    /**
     * A request is counted after its answer was written, so its client may be back before; and a
     * scrape may see half of a call that is just being counted, so the next one is returned.
     */
    private Exposition scrapeUntil(Predicate<Exposition> counted) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        Exposition scraped = scrape();
        while (!counted.test(scraped) && System.nanoTime() < end) {
            scraped = scrape();
        }
        assertThat(counted.test(scraped)).as("counted in " + scraped.samples()).isTrue();
        return scrape();
    }

    private static String[] call(String api, String operation, String model, String... more) {
        String[] common = {
            "bindery_api", api,
            "bindery_instance", "echo",
            "gen_ai_operation_name", operation,
            "gen_ai_provider_name", "echo",
            "gen_ai_request_model", model
        };
        return java.util.stream.Stream.of(common, more)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new);
    }

    private static Double duration(Exposition from, String api, String operation, String error) {
        return from.value(DURATIONS + "_count", call(api, operation, "echo", "error_type", error));
    }

    @Test
    void wholeAnswersStreamsAndVectorsAreCounted() throws Exception {
        served.chat(ECHO, "one two three");
        served.post(CHAT, chatBody(ECHO, "one two", "\"stream\":true"));
        served.post("/api/generate", "{\"model\":\"echo/echo\",\"prompt\":\"x\",\"raw\":true}");
        served.post("/v1/embeddings", "{\"model\":\"echo/echo\",\"input\":\"x\"}");
        Exposition scraped =
                scrapeUntil(s ->
                        Double.valueOf(2).equals(duration(s, "openai", "chat", ""))
                                && duration(s, "ollama", "text_completion", "") != null
                                && duration(s, "openai", "embeddings", "") != null);
        assertThat(duration(scraped, "ollama", "text_completion", "")).isEqualTo(1);
        assertThat(duration(scraped, "openai", "embeddings", "")).isEqualTo(1);
        String[] input = call("openai", "chat", "echo", "gen_ai_token_type", "input");
        String[] output = call("openai", "chat", "echo", "gen_ai_token_type", "output");
        assertThat(scraped.value(TOKENS + "_count", input)).isEqualTo(2);
        assertThat(scraped.value(TOKENS + "_sum", input)).isEqualTo(5);
        assertThat(scraped.value(TOKENS + "_sum", output)).isEqualTo(5);
        assertThat(scraped.value(FIRST + "_count", call("openai", "chat", "echo"))).isEqualTo(2);
        assertThat(scraped.value(NEXT + "_count", call("openai", "chat", "echo"))).isEqualTo(2);
        assertThat(scraped.value(NEXT + "_count", call("ollama", "text_completion", "echo")))
                .as("an answer of one token has none after its first")
                .isNull();
        assertThat(scraped.mentioning(FIRST + "_count{bindery_api=openai, bindery_instance=echo"))
                .noneMatch(sample -> sample.contains("embeddings"));
        assertThat(requests(scraped, "200", "")).isEqualTo(3);
    }

    private static Double requests(Exposition from, String status, String error) {
        return from.value(
                "bindery_requests_total",
                "bindery_api",
                "openai",
                "error_type",
                error,
                "status",
                status);
    }

    @Test
    void bucketsAreThoseOfTheConventionsAndAddUp() throws Exception {
        served.chat(ECHO, "one two three");
        Exposition scraped = scrapeUntil(s -> duration(s, "openai", "chat", "") != null);
        assertThat(scraped.types())
                .containsEntry(DURATIONS, "histogram")
                .containsEntry(FIRST, "histogram")
                .containsEntry(NEXT, "histogram")
                .containsEntry(TOKENS, "histogram")
                .containsEntry("bindery_requests_total", "counter");
        List<String> tokens =
                scraped.mentioning(TOKENS + "_bucket").stream()
                        .filter(key -> key.contains("type=input"))
                        .toList();
        assertThat(tokens).hasSize(15);
        assertThat(tokens.stream().map(scraped.samples()::get).toList())
                .startsWith(0.0, 1.0)
                .isSorted()
                .endsWith(1.0);
        assertThat(tokens.getFirst()).contains("le=1.0");
        assertThat(tokens.get(13)).contains("le=6.7108864E7");
        assertThat(tokens.getLast()).contains("le=+Inf");
        assertThat(scraped.mentioning(DURATIONS + "_bucket")).hasSize(15);
        assertThat(scraped.mentioning(FIRST + "_bucket")).hasSize(17);
        assertThat(scraped.mentioning(NEXT + "_bucket")).hasSize(14);
    }

    @Test
    void failuresBeforeAndInAStreamAreCountedWithWhatTheyTook() throws Exception {
        served.router.serve(
                "echo/fails",
                (_, sink) -> {
                    sink.on(Operation.chunk("a"));
                    sink.on(Operation.usage(Usage.of(4, 1)));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "it broke");
                });
        served.router.serve(
                "echo/invents",
                (_, _) -> {
                    throw new BindingException(ErrorCode.of("MADE_UP_17"), "so there");
                });
        served.chat("echo/fails", "x");
        served.post(CHAT, chatBody("echo/fails", "x", "\"stream\":true"));
        served.chat("echo/invents", "x");
        String[] failed = call("openai", "chat", "fails", "error_type", "UPSTREAM_ERROR");
        String[] invented = call("openai", "chat", "invents", "error_type", "_OTHER");
        Exposition scraped =
                scrapeUntil(s ->
                        Double.valueOf(2).equals(s.value(DURATIONS + "_count", failed))
                                && s.value(DURATIONS + "_count", invented) != null);
        assertThat(
                        scraped.value(
                                TOKENS + "_sum",
                                call("openai", "chat", "fails", "gen_ai_token_type", "input")))
                .isEqualTo(8);
        assertThat(scraped.mentioning(FIRST)).isEmpty();
        assertThat(scraped.mentioning("MADE_UP")).isEmpty();
        assertThat(requests(scraped, "502", "UPSTREAM_ERROR")).isEqualTo(1);
        assertThat(requests(scraped, "200", "UPSTREAM_ERROR")).isEqualTo(1);
    }

    @Test
    void aCallWhoseClientLeavesIsCountedAsCancelled() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        served.router.serve("echo/waits", (request, sink) -> waits(request, sink, waiting));
        RawHttp http = served.connect();
        http.post(CHAT, chatBody("echo/waits", "x", "\"stream\":true"));
        assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
        http.reset();
        String[] cancelled = call("openai", "chat", "waits", "error_type", "CANCELLED");
        scrapeUntil(s -> s.value(DURATIONS + "_count", cancelled) != null);
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
    void namesThatLeadNowhereNeverBecomeLabels() throws Exception {
        assertThat(served.chat("made-up-name", "x").status()).isEqualTo(404);
        assertThat(served.get("/v1/made-up-path").status()).isEqualTo(404);
        Exposition scraped =
                scrapeUntil(s ->
                        requests(s, "404", "MODEL_NOT_FOUND") != null
                                && requests(s, "404", "not_found") != null);
        assertThat(scraped.mentioning("made-up")).isEmpty();
        assertThat(scraped.mentioning("gen_ai")).isEmpty();
    }

    @Test
    void aModelThatIsServedButNotListedSharesItsSeries() throws Exception {
        served.router.serve("echo/unlisted-1", (_, _) -> GenerationResult.of("a"));
        served.router.unlisted.add("echo/unlisted-1");
        served.router.serve("echo/unlisted-2", (_, _) -> GenerationResult.of("b"));
        served.router.unlisted.add("echo/unlisted-2");
        served.chat("echo/unlisted-1", "x");
        served.chat("echo/unlisted-2", "x");
        String[] others = call("openai", "chat", "_OTHER", "error_type", "");
        Exposition scraped =
                scrapeUntil(s -> Double.valueOf(2).equals(s.value(DURATIONS + "_count", others)));
        assertThat(scraped.mentioning("unlisted")).isEmpty();
    }

    @Test
    void theSeriesOfWhatIsGoneEnd() throws Exception {
        served.router.serve("echo/leaves", (_, _) -> GenerationResult.of("a"));
        served.router.serve("away/model", (_, _) -> GenerationResult.of("a"));
        served.chat("echo/leaves", "x");
        served.chat("away/model", "x");
        served.chat(ECHO, "x");
        String[] leaving = call("openai", "chat", "leaves", "error_type", "");
        scrapeUntil(s ->
                s.value(DURATIONS + "_count", leaving) != null
                        && duration(s, "openai", "chat", "") != null);
        served.router.unlisted.add("echo/leaves");
        Exposition scraped = scrapeUntil(s -> s.mentioning("leaves").isEmpty());
        assertThat(duration(scraped, "openai", "chat", "")).isEqualTo(1);
        assertThat(scraped.mentioning("away")).as("there is no such instance").isEmpty();
    }

    @Test
    void bindingsInstancesAndTheJvmAreShown() throws Exception {
        Exposition scraped = scrape();
        assertThat(
                        scraped.value(
                                "bindery_binding_state",
                                "bindery_binding",
                                "echo",
                                "state",
                                "active"))
                .isEqualTo(1);
        assertThat(
                        scraped.value(
                                "bindery_binding_state",
                                "bindery_binding",
                                "echo",
                                "state",
                                "failed"))
                .isEqualTo(0);
        String[] instance = {"bindery_binding", "echo", "bindery_instance", "echo"};
        assertThat(scraped.value("bindery_instance_calls", instance)).isEqualTo(1);
        assertThat(scraped.value("bindery_instance_calls_queued", instance)).isEqualTo(2);
        assertThat(scraped.value("bindery_instance_calls_stuck", instance)).isEqualTo(0);
        assertThat(scraped.value("bindery_instance_degraded", instance)).isEqualTo(0);
        served.host.health = Health.degraded("no connection to its provider");
        assertThat(scrape().value("bindery_instance_degraded", instance)).isEqualTo(1);
        assertThat(scraped.mentioning("bindery_instance_state{")).hasSize(6);
        assertThat(scraped.mentioning("jvm_memory_used_bytes")).isNotEmpty();
        assertThat(scraped.value("process_uptime_seconds")).isPositive();
    }

    @Test
    void whereThereAreKeysOneForEverythingOrTheTokenIsNeeded() throws Exception {
        served.close();
        ApiKey all = ApiKey.of("all", "sk-all");
        ApiKey some = ApiKey.of("some", "sk-some", List.of("echo/*"), null);
        served = new Served(options -> options.keys(KeyRing.of(List.of(all, some))));
        assertThat(served.get("/metrics").status()).isEqualTo(401);
        assertThat(served.get("/metrics", "Authorization: Bearer sk-wrong").status())
                .isEqualTo(401);
        assertThat(served.get("/metrics", "Authorization: Bearer sk-some").status()).isEqualTo(403);
        scrape("Authorization: Bearer sk-all");
        scrape("Authorization: Bearer " + Served.TOKEN);
    }

    @Test
    void anotherHostNameIsForThoseOnlyWhoShowThatTheyMay() throws Exception {
        assertThat(served.get("/metrics", "Host: bindery:9600").status()).isEqualTo(403);
        scrape("Host: bindery:9600", "Authorization: Bearer " + Served.TOKEN);
    }
}
