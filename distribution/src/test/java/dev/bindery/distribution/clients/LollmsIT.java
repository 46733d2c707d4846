package dev.bindery.distribution.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bindery.distribution.LiveHost;
import dev.bindery.distribution.TestModel;
import dev.bindery.distribution.Wait;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every endpoint of the LoLLMs server, in front of the echo, a real model and a provider. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LollmsIT {
    private static final String FRANCE = "The capital of France is";
    private static final String PNG = "iVBORw0KGgoAAAANSUhEUg==";

    @TempDir static Path folder;
    private static LiveHost host;
    private static Provider provider;

    @BeforeAll
    static void start() throws Exception {
        Path home = folder.resolve("home");
        TestModel.into(home);
        provider = new Provider();
        host = LiveHost.start(home);
        host.bindery("config", "openai", "api_key=any", "base_url=" + provider.url());
        host.bindery("config", "slow", "--binding", "echo", "delay_ms=500");
    }

    @AfterAll
    static void stop() {
        host.close();
        provider.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return host.send("GET", path, "");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return LiveHost.json(answer.body());
    }

    private static String generate(String model, String prompt, String... fields) throws Exception {
        HttpResponse<String> answer = host.post("/lollms_generate", body(model, prompt, fields));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String body(String model, String prompt, String... fields) {
        return "{\"model_name\":\"%s\",\"prompt\":\"%s\"%s}"
                .formatted(
                        model,
                        prompt,
                        Stream.of(fields).map(","::concat).reduce("", String::concat));
    }

    @Test
    void whatThereIsIsListed() throws Exception {
        JsonNode bindings = json(get("/list_bindings"));
        assertThat(bindings.valueStream())
                .extracting(each -> each.get("name").stringValue())
                .contains("echo", "llamacpp", "openai");
        JsonNode echo =
                bindings.valueStream()
                        .filter(each -> each.get("folder").stringValue().equals("echo"))
                        .findFirst()
                        .orElseThrow();
        assertThat(echo.get("installed").booleanValue()).isTrue();
        assertThat(get(echo.get("icon").stringValue()).body()).contains("<svg");
        assertThat(get("/bindings/echo/README.md").body()).startsWith("# echo");
        assertThat(get("/bindings/echo/config.yaml").statusCode()).isEqualTo(404);
        assertThat(json(get("/list_models")).toString()).contains("echo/echo", TestModel.ID);
        assertThat(json(get("/get_available_models")).valueStream())
                .anySatisfy(model -> {
                    assertThat(model.get("name").stringValue()).isEqualTo(TestModel.ID);
                    assertThat(model.get("installed").booleanValue()).isTrue();
                });
        assertThat(json(get("/get_active_model")).get("model").isString()).isTrue();
        assertThat(json(get("/get_model_status")).get("status").booleanValue()).isTrue();
    }

    @Test
    void eachModelAnswersWithItsTextAlone() throws Exception {
        assertThat(generate("echo::echo", "one 😀 two")).isEqualTo("one 😀 two");
        assertThat(generate("openai::says", "x")).isEqualTo(Provider.TEXT);
        assertThat(generate(TestModel.ID, FRANCE, "\"n_predict\":24", "\"temperature\":0"))
                .contains("Paris");
        assertThat(generate("echo/echo", "one two three", "\"n_predict\":2")).isEqualTo("one two ");
    }

    @Test
    void eachModelStreamsItsTextInPieces() throws Exception {
        for (String model : List.of("echo/echo", "openai/says", TestModel.ID)) {
            HttpResponse<String> answer =
                    host.post(
                            "/lollms_generate",
                            body(model, "one two", "\"stream\":true", "\"n_predict\":16"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(answer.body()).isNotBlank().doesNotContain("data:");
        }
        assertThat(generate("echo/echo", "one two", "\"stream\":true")).isEqualTo("one two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/event-stream"})
    void operationsComeAsTheBindingSentThem(String type) throws Exception {
        String script =
                "\"echo\":{\"operations\":[{\"type\":\"STEP_START\",\"text\":\"looking\",\"after_chunks\":0},{\"type\":\"REPLACE_LAST\",\"text\":\"cats\",\"metadata\":{\"corrected\":true}}]}";
        HttpResponse<String> answer =
                host.send(
                        "POST",
                        "/lollms_generate",
                        body("echo/echo", "I like catz", script),
                        "Accept",
                        type);

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        List<JsonNode> operations = operations(answer);
        assertThat(operations)
                .extracting(each -> each.get("name").stringValue())
                .containsSubsequence(
                        "STEP_START",
                        "ADD_CHUNK",
                        "ADD_CHUNK",
                        "ADD_CHUNK",
                        "REPLACE_LAST",
                        "FINISHED_MESSAGE");
        JsonNode correction =
                operations.stream()
                        .filter(each -> each.get("type").intValue() == 18)
                        .findFirst()
                        .orElseThrow();
        assertThat(correction.get("text").stringValue()).isEqualTo("cats");
        assertThat(correction.at("/metadata/corrected").booleanValue()).isTrue();
        assertThat(operations.getLast().at("/usage/output_tokens").longValue()).isPositive();
    }

    private static List<JsonNode> operations(HttpResponse<String> answer) {
        return answer.body()
                .lines()
                .map(line -> line.startsWith("data: ") ? line.substring(6) : line)
                .filter(line -> line.startsWith("{"))
                .map(LiveHost::json)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/event-stream"})
    void aFailureInMidStreamIsAnOperation(String type) throws Exception {
        HttpResponse<String> answer =
                host.send("POST", "/lollms_generate", body("openai/breaks", "x"), "Accept", type);
        JsonNode last = operations(answer).getLast();
        assertThat(last.get("name").stringValue()).isEqualTo("EXCEPTION");
        assertThat(last.at("/metadata/code").stringValue()).isEqualTo("UPSTREAM_ERROR");
    }

    @Test
    void imagesGoWithThePrompt() throws Exception {
        provider.forget();
        HttpResponse<String> answer =
                host.post(
                        "/lollms_generate_with_images",
                        body("openai/says", "look", "\"images\":[\"" + PNG + "\"]"));
        assertThat(answer.body()).isEqualTo(Provider.TEXT);
        assertThat(provider.heard().findValue("image_url").get("url").stringValue())
                .isEqualTo("data:image/png;base64," + PNG);
    }

    @Test
    void textsBecomeTokensAndVectors() throws Exception {
        for (String model : List.of("echo/echo", TestModel.ID)) {
            String text = "one two three";
            JsonNode tokens = json(host.post("/lollms_tokenize", body(model, text)));
            assertThat(tokens.size()).isGreaterThanOrEqualTo(3);
            String back = "{\"model_name\":\"%s\",\"tokens\":%s}".formatted(model, tokens);
            assertThat(json(host.post("/lollms_detokenize", back)).stringValue()).isEqualTo(text);
            JsonNode named =
                    json(host.post("/lollms_tokenize", body(model, text, "\"return_named\":true")));
            assertThat(named.size()).isEqualTo(tokens.size());
            assertThat(named.at("/0/1")).isEqualTo(tokens.get(0));

            String asked = "{\"model_name\":\"%s\",\"text\":\"a cat\"}".formatted(model);
            JsonNode vector = json(host.post("/lollms_embed", asked)).get("vector");
            double square =
                    vector.valueStream().mapToDouble(v -> v.doubleValue() * v.doubleValue()).sum();
            assertThat(square).isCloseTo(1, within(0.001));
        }
    }

    @Test
    void whatIsBeingGeneratedIsSeenAndStopped() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            // The head of an answer comes with its first operation: from there on the end is one.
            HttpResponse<Stream<String>> answer =
                    http.sendAsync(longAnswer(), HttpResponse.BodyHandlers.ofLines())
                            .get(60, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(isGenerating()).isTrue();

            assertThat(json(host.post("/stop_gen", "{}")).get("status").booleanValue()).isTrue();

            JsonNode last = LiveHost.json(answer.body().toList().getLast());
            assertThat(last.at("/metadata/code").stringValue()).isEqualTo("stopped");
            Wait.until("nothing is generating", () -> !isGenerating());
        }
    }

    /** One that takes minutes. */
    private static HttpRequest longAnswer() {
        return HttpRequest.newBuilder(URI.create(host.address() + "/lollms_generate"))
                .header("Accept", "application/x-ndjson")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                body("slow/echo", "on ".repeat(2000).strip())))
                .build();
    }

    private static boolean isGenerating() throws Exception {
        return json(get("/get_generation_status")).get("status").booleanValue();
    }

    @Test
    void settingsAreReadAndChangedByTheOperatorOnly() throws Exception {
        String echo = "{\"client_id\":\"c\",\"name\":\"echo\"}";
        assertThat(host.post("/get_active_binding_settings", echo).statusCode()).isEqualTo(401);

        String change =
                "{\"client_id\":\"c\",\"name\":\"echo\",\"settings\":[{\"name\":\"dimensions\",\"value\":8}]}";
        assertThat(host.post("/set_active_binding_settings", change).statusCode()).isEqualTo(401);
        assertThat(operator("/set_active_binding_settings", change)).isTrue();
        assertThat(operator("/update_binding_settings", echo)).isTrue();
        assertThat(json(asOperator("/get_active_binding_settings", echo)).valueStream())
                .anySatisfy(entry -> {
                    assertThat(entry.get("name").stringValue()).isEqualTo("dimensions");
                    assertThat(entry.get("value").intValue()).isEqualTo(8);
                });
        String asked = "{\"model_name\":\"echo/echo\",\"text\":\"a cat\"}";
        assertThat(json(host.post("/lollms_embed", asked)).get("vector").size()).isEqualTo(8);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void bindingsAreReloadedTakenAwayAndBroughtBackByTheOperatorOnly() throws Exception {
        String named = "{\"client_id\":\"c\",\"name\":\"echo\"}";
        for (String path :
                List.of(
                        "/reload_binding",
                        "/reinstall_binding",
                        "/install_binding",
                        "/unInstall_binding")) {
            assertThat(host.post(path, named).statusCode()).as(path).isEqualTo(401);
        }
        for (String path : List.of("/reload_binding", "/reinstall_binding")) {
            assertThat(operator(path, named)).as(path).isTrue();
            assertThat(generate("echo/echo", "still here")).isEqualTo("still here");
        }
        host.bindery("disable", "echo", "--now");
        Wait.until("echo rests", () -> !get("/list_models").body().contains("echo/echo"));
        assertThat(operator("/install_binding", named)).isTrue();
        assertThat(generate("echo/echo", "here again")).isEqualTo("here again");
        assertThat(operator("/unInstall_binding", named)).isTrue();
        Wait.until("echo is gone", () -> !get("/list_models").body().contains("echo/echo"));
        assertThat(asOperator("/install_binding", "{\"name\":\"nobody\"}").statusCode())
                .isEqualTo(404);
    }

    private static boolean operator(String path, String body) throws Exception {
        return json(asOperator(path, body)).get("status").booleanValue();
    }

    private static HttpResponse<String> asOperator(String path, String body)
            throws IOException, InterruptedException {
        return host.send("POST", path, body, "Authorization", "Bearer " + host.adminToken());
    }
}
