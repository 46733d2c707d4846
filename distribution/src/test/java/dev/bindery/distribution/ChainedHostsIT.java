package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A host before another one: what the far one answers reaches the near one's clients, by Ollama's
 * protocol and by that of LoLLMs.
 */
class ChainedHostsIT {
    private static final String WORDS = "one two  three 😀 \\n four";

    @TempDir static Path folder;
    private static LiveHost far;
    private static LiveHost near;

    @BeforeAll
    static void start() throws Exception {
        far = LiveHost.start(folder.resolve("far"));
        near = LiveHost.start(folder.resolve("near"));
        configure(near, "ollama", "base_url=" + far.address());
        configure(near, "lollms", "base_url=" + far.address(), "mode=raw");
        configure(far, "slow", "--binding", "echo", "delay_ms=500");
        configure(
                far,
                "corrector",
                "--binding",
                "echo",
                "script={\"operations\":[{\"type\":\"REPLACE_LAST\",\"text\":\"cats\",\"metadata\":{\"corrected\":true}}]}");
    }

    private static void configure(LiveHost host, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("config"));
        command.addAll(List.of(arguments));
        Command.Result configured = host.bindery(command.toArray(String[]::new));
        assertThat(configured.exit()).as(configured.output()).isZero();
    }

    @AfterAll
    static void stop() {
        near.close();
        far.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "lollms"})
    void theFarModelsAreListed(String instance) throws Exception {
        Wait.until(
                "the near host lists the far models",
                () -> near.admin("GET", "models").toString().contains(instance + "/echo/echo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "lollms"})
    void aChatIsAnsweredStreamedAndWhole(String instance) throws Exception {
        JsonNode whole = LiveHost.json(chat(instance + "/echo/echo", false).body());
        StringBuilder streamed = new StringBuilder();
        chat(instance + "/echo/echo", true)
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> LiveHost.json(line.substring("data: ".length())))
                .forEach(chunk ->
                        streamed.append(
                                chunk.path("choices")
                                        .path(0)
                                        .path("delta")
                                        .path("content")
                                        .asString("")));

        String said = whole.path("choices").path(0).path("message").path("content").stringValue();
        assertThat(said).isEqualTo(WORDS.replace("\\n", "\n"));
        assertThat(streamed).hasToString(said);
        assertThat(whole.path("usage").path("prompt_tokens").intValue()).isPositive();
        assertThat(whole.path("usage").path("completion_tokens").intValue()).isPositive();
    }

    private static HttpResponse<String> chat(String model, boolean streaming) throws Exception {
        return near.post(
                "/v1/chat/completions",
                """
                {"model":"%s","stream":%s,"messages":[{"role":"user","content":"%s"}]}
                """
                        .formatted(model, streaming, WORDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "lollms"})
    void vectorsAreThoseOfTheFarModel(String instance) throws Exception {
        JsonNode wanted = vector(far, "echo/echo");
        JsonNode found = vector(near, instance + "/echo/echo");

        assertThat(found.size()).isEqualTo(wanted.size()).isPositive();
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(found.path(i).doubleValue())
                    .isCloseTo(wanted.path(i).doubleValue(), within(1e-6));
        }
    }

    private static JsonNode vector(LiveHost host, String model) throws Exception {
        HttpResponse<String> answer =
                host.post(
                        "/v1/embeddings",
                        "{\"model\":\"%s\",\"input\":[\"hello\"]}".formatted(model));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return LiveHost.json(answer.body()).path("data").path(0).path("embedding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "lollms"})
    void aModelThatTheFarHostDoesNotHaveIsNotFound(String instance) throws Exception {
        HttpResponse<String> answer = chat(instance + "/nobody/knows", false);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("model_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "lollms"})
    void whoLeavesTheNearHostEndsTheCallAtTheFarOne(String instance) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(near.v1() + "/chat/completions"))
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            """
                                            {"model":"%s/slow/echo","stream":true,"messages":[{"role":"user","content":"%s"}]}
                                            """
                                                    .formatted(instance, "word ".repeat(1000))))
                            .build();
            InputStream stream =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
            assertThat(stream.read()).isPositive();
            Wait.until("the far host is at work", () -> callsOfSlow() == 1);

            stream.close();

            Wait.until("the far host has stopped", () -> callsOfSlow() == 0);
        }
    }

    private static int callsOfSlow() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(far.address() + "/metrics")).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("bindery_instance_calls{"))
                    .filter(line -> line.contains("\"slow\""))
                    .mapToInt(line ->
                            (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    @Test
    void tokensAreThoseOfTheFarModel() throws Exception {
        String body = "{\"prompt\":\"one two\",\"model_name\":\"%s\"}";
        String wanted = far.post("/lollms_tokenize", body.formatted("echo/echo")).body();
        HttpResponse<String> found =
                near.post("/lollms_tokenize", body.formatted("lollms/echo/echo"));

        assertThat(found.body()).isEqualTo(wanted).startsWith("[");
        assertThat(
                        near.post(
                                        "/lollms_detokenize",
                                        "{\"tokens\":%s,\"model_name\":\"lollms/echo/echo\"}"
                                                .formatted(wanted))
                                .body())
                .isEqualTo("\"one two\"");
    }

    @Test
    void correctionsSurviveOnTheirWayThroughTwoHosts() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(near.address() + "/lollms_generate"))
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/x-ndjson")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"prompt\":\"I like catz\",\"model_name\":\"lollms/corrector/echo\"}"))
                            .build();
            List<JsonNode> operations =
                    client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body()
                            .lines()
                            .map(LiveHost::json)
                            .toList();

            assertThat(operations)
                    .anySatisfy(operation -> {
                        assertThat(operation.path("name").stringValue()).isEqualTo("REPLACE_LAST");
                        assertThat(operation.path("text").stringValue()).isEqualTo("cats");
                        assertThat(operation.path("metadata").path("corrected").booleanValue())
                                .isTrue();
                    });
        }
    }
}
