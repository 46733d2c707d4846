package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients learn of models, and do with them. */
class OllamaModelsTest {
    private Served served;

    @BeforeEach
    void start() throws Exception {
        served = new Served();
        ModelInfo info =
                ModelInfo.builder("vision:7b")
                        .family("qwen")
                        .parameterSize("7.6B")
                        .contextLength(8192)
                        .embeddingDimensions(64)
                        .digest("sha256:" + "ab".repeat(32))
                        .license("MIT")
                        .build();
        served.router.serve(
                "local",
                info,
                (_, _) -> GenerationResult.of("ok"),
                Capability.CHAT,
                Capability.IMAGES,
                Capability.TOOLS,
                Capability.REASONING);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private RawHttp.Answer delete(String body) throws Exception {
        try (RawHttp http = served.connect()) {
            http.request("DELETE", "/api/delete", "Content-Length: " + body.length());
            return http.send(body).answer();
        }
    }

    @Test
    void everyNameHasATagAndIsFoundWithAndWithoutIt() throws Exception {
        JsonNode models = json(served.get("/api/tags")).get("models");
        assertThat(models.valueStream().map(model -> model.get("name").stringValue()))
                .containsExactlyInAnyOrder("echo/echo:latest", "local/vision:7b");
        for (String name : List.of("echo/echo", "echo/echo:latest", "local/vision:7b")) {
            RawHttp.Answer answer = served.post("/api/show", "{\"model\":\"" + name + "\"}");
            assertThat(answer.status()).as(name).isEqualTo(200);
        }
        assertThat(served.post("/api/show", "{\"model\":\"local/vision\"}").status())
                .isEqualTo(404);
    }

    @Test
    void aModelThatIsListedAsLatestIsFoundWithoutItsTag() throws Exception {
        served.router.serve("up/llama:latest", (_, _) -> GenerationResult.of("ok"));
        for (String name : List.of("up/llama", "up/llama:latest")) {
            served.post("/api/generate", "{\"model\":\"%s\",\"prompt\":\"x\"}".formatted(name));
            assertThat(served.router.asked.take().model()).isEqualTo("up/llama:latest");
        }
    }

    @Test
    void digestsAreSixtyFourDigitsAlways() throws Exception {
        JsonNode models = json(served.get("/api/tags")).get("models");
        assertThat(models.valueStream().map(model -> model.get("digest").stringValue()))
                .allMatch(digest -> digest.matches("[0-9a-f]{64}"))
                .contains("ab".repeat(32))
                .doesNotHaveDuplicates();
    }

    @Test
    void aModelIsShownWithWhatItCan() throws Exception {
        JsonNode shown = json(served.post("/api/show", "{\"name\":\"local/vision:7b\"}"));
        assertThat(shown.get("capabilities").toString())
                .isEqualTo("[\"completion\",\"tools\",\"vision\",\"thinking\"]");
        assertThat(shown.get("model_info").toString())
                .isEqualTo(
                        "{\"general.architecture\":\"qwen\",\"general.parameter_count\":7600000000,"
                                + "\"qwen.context_length\":8192,\"qwen.embedding_length\":64}");
        assertThat(shown.get("license").stringValue()).isEqualTo("MIT");
        assertThat(shown.propertyNames())
                .contains("modelfile", "parameters", "template", "details", "modified_at");
    }

    /** Ollama's own client ends in a panic where one of them is not there. */
    @Test
    void whatNobodyKnowsOfAModelIsShownAsNothing() throws Exception {
        served.router.serve("local", ModelInfo.of("bare"), (_, _) -> GenerationResult.of("ok"));
        assertThat(json(served.post("/api/show", "{\"model\":\"local/bare\"}")).get("model_info"))
                .hasToString(
                        "{\"general.architecture\":\"unknown\",\"general.parameter_count\":0,"
                                + "\"unknown.context_length\":0,\"unknown.embedding_length\":0}");
    }

    @Test
    void embeddingIsWhatModelsAreCalledThatDoNoMore() throws Exception {
        served.router.serve(
                "local",
                ModelInfo.of("both"),
                (_, _) -> GenerationResult.of("ok"),
                Capability.CHAT,
                Capability.EMBEDDINGS);
        served.router.serve(
                "local",
                ModelInfo.of("vectors"),
                (_, _) -> GenerationResult.of("ok"),
                Capability.EMBEDDINGS);
        assertThat(capabilities("local/both")).isEqualTo("[\"completion\"]");
        assertThat(capabilities("local/vectors")).isEqualTo("[\"embedding\"]");
    }

    private String capabilities(String model) throws Exception {
        return json(served.post("/api/show", "{\"model\":\"" + model + "\"}"))
                .get("capabilities")
                .toString();
    }

    @Test
    void modelsInMemoryAreListedWithTheirEnd() throws Exception {
        Instant end = Instant.parse("2030-01-02T03:04:05Z");
        served.router.loaded.put(
                "local",
                List.of(
                        LoadedModel.builder("vision:7b")
                                .memoryBytes(7L)
                                .contextLength(99)
                                .expires(end)
                                .build()));
        served.router.loaded.put("echo", List.of(LoadedModel.of("echo")));
        String listed =
                json(served.get("/api/ps"))
                        .get("models")
                        .valueStream()
                        .map(model ->
                                model.get("model").stringValue()
                                        + " "
                                        + model.get("size")
                                        + " "
                                        + model.get("context_length")
                                        + " "
                                        + model.get("expires_at").stringValue())
                        .sorted()
                        .collect(Collectors.joining("\n"));
        assertThat(listed)
                .isEqualTo(
                        "echo/echo:latest 0 0 9999-12-31T23:59:59Z\n"
                                + "local/vision:7b 7 99 2030-01-02T03:04:05Z");
    }

    @Test
    void aPullTellsItsProgressLineByLine() throws Exception {
        RawHttp.Answer answer = served.post("/api/pull", "{\"model\":\"echo/new:latest\"}");
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
        List<String> lines =
                answer.body().lines().map(l -> l.replaceAll("[0-9a-f]{64}", "D")).toList();
        assertThat(lines)
                .containsExactly(
                        "{\"status\":\"pulling manifest\"}",
                        "{\"status\":\"fetching\",\"digest\":\"sha256:D\",\"total\":2,\"completed\":1}",
                        "{\"status\":\"fetching\",\"digest\":\"sha256:D\",\"total\":2,\"completed\":2}",
                        "{\"status\":\"success\"}");
        assertThat(served.post("/api/pull", "{\"model\":\"echo/new\",\"stream\":false}").body())
                .isEqualTo("{\"status\":\"success\"}");
    }

    @Test
    void theManifestIsToldOfOnceAlsoWhereTheBindingTellsOfIt() throws Exception {
        served.router.pullTellsOfItsManifest = true;
        assertThat(served.post("/api/pull", "{\"model\":\"echo/new\"}").body())
                .containsOnlyOnce("pulling manifest");
    }

    @Test
    void aPullThatFailsNeverEndsWithSuccess() throws Exception {
        served.router.pullFailure =
                new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "nobody answers");
        String body = served.post("/api/pull", "{\"model\":\"echo/new\"}").body();
        assertThat(body).endsWith("{\"error\":\"nobody answers\"}\n").doesNotContain("success");
        RawHttp.Answer whole =
                served.post("/api/pull", "{\"model\":\"echo/new\",\"stream\":false}");
        assertThat(whole.status()).isEqualTo(503);
    }

    @Test
    void aModelIsDeletedByItsOwnNameOnly() throws Exception {
        assertThat(delete("{\"model\":\"echo/echo:latest\"}").status()).isEqualTo(200);
        assertThat(served.router.deleted).isEqualTo("echo/echo");
        served.router.deleted = null;
        served.router.alias("fast", "local/vision:7b");
        RawHttp.Answer answer = delete("{\"model\":\"fast\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("fast is another name of local/vision:7b");
        assertThat(served.router.deleted).isNull();
    }

    @Test
    void aCopyIsRefusedWithWhatToDoInstead() throws Exception {
        RawHttp.Answer answer =
                served.post("/api/copy", "{\"source\":\"echo/echo\",\"destination\":\"mine\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("bindery config echo --alias mine=echo");
    }

    @Test
    void unknownPathsAndMethodsAreRefusedInTheApisForm() throws Exception {
        RawHttp.Answer unknown = served.get("/api/nothing");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("{\"error\":\"there is no GET /api/nothing\"}");
        RawHttp.Answer wrong = served.get("/api/chat");
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.header("Allow")).isEqualTo("POST, OPTIONS");
    }

    @Test
    void headsAreAnsweredWithTheirLengthAlone() throws Exception {
        for (String path : List.of("/", "/api/version", "/api/tags")) {
            RawHttp.Answer head = served.request("HEAD", path);
            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.header("Content-Length"))
                    .isEqualTo(Integer.toString(served.get(path).body().length()));
        }
    }

    @Test
    void aBrowserGetsAPageWhereClientsFindOllama() throws Exception {
        assertThat(served.get("/").body()).isEqualTo("Ollama is running");
        RawHttp.Answer page = served.get("/", "Accept: text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.body()).startsWith("<!doctype html>").contains("Bindery is running");
    }
}
