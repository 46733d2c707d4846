package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.Role;
import dev.bindery.api.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The endpoints of the LoLLMs server. */
class LollmsTest {
    private static final String GENERATE = "/lollms_generate";
    private static final String ADMIN = "Authorization: Bearer " + Served.TOKEN;
    private static final String LINES = "Accept: application/x-ndjson";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static String ask(String model, String... fields) {
        String more = fields.length == 0 ? "" : "," + String.join(",", fields);
        return "{\"prompt\":\"one two\",\"model_name\":\"%s\"%s}".formatted(model, more);
    }

    private static List<String> lines(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).endsWith("}\n");
        return answer.body().lines().toList();
    }

    @Test
    void theAnswerIsItsTextAlone() throws Exception {
        RawHttp.Answer answer = served.post(GENERATE, ask("echo::echo"));
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.body()).isEqualTo("one two");
        assertThat(served.post(GENERATE, "{\"prompt\":\"the active one\"}").body())
                .isEqualTo("the active one");
    }

    @Test
    void aStreamIsTheTextInPieces() throws Exception {
        RawHttp.Answer answer = served.post(GENERATE, ask(ECHO, "\"stream\":true"));
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(answer.chunks()).containsExactly("one ", "two");
    }

    @Test
    void parametersReachTheModel() throws Exception {
        served.router.asked.clear();
        served.post(
                GENERATE,
                ask(
                        ECHO,
                        "\"n_predict\":-1,\"temperature\":0.1,\"top_k\":50,\"top_p\":0.95",
                        "\"repeat_penalty\":0.8,\"repeat_last_n\":40,\"seed\":-1,\"n_threads\":8",
                        "\"personality\":-1"));
        GenerationRequest request = served.router.asked.take();
        assertThat(request.prompt().orElseThrow().text()).hasValue("one two");
        assertThat(request.maxTokens()).isEmpty();
        assertThat(request.sampling().temperature()).hasValue(0.1);
        assertThat(request.sampling().topK()).hasValue(50);
        assertThat(request.sampling().topP()).hasValue(0.95);
        assertThat(request.sampling().repeatPenalty()).hasValue(0.8);
        assertThat(request.sampling().repeatLastN()).hasValue(40);
        assertThat(request.sampling().seed()).isEmpty();
        assertThat(request.parameters()).hasToString("{\"lollms\":{\"n_threads\":8}}");
        served.post(GENERATE, ask(ECHO, "\"n_predict\":1,\"seed\":7"));
        GenerationRequest other = served.router.asked.take();
        assertThat(other.maxTokens()).hasValue(1);
        assertThat(other.sampling().seed()).hasValue(7);
    }

    @Test
    void imagesComeWithThePrompt() throws Exception {
        served.router.asked.clear();
        served.post(GENERATE + "_with_images", ask(ECHO, "\"images\":[\"iVBORw0KGgo=\"]"));
        var message = served.router.asked.take().chat().orElseThrow().last(Role.USER).orElseThrow();
        assertThat(message.text()).isEqualTo("one two");
        assertThat(message.parts(MediaPart.class).getFirst().blob().orElseThrow().mediaType())
                .isEqualTo("image/png");
    }

    @Test
    void operationsAreStreamedAsTheyAre() throws Exception {
        served.router.serve(
                "fake/works",
                List.of(
                        Operation.of(OperationType.STEP_START, "looking"),
                        Operation.of(OperationType.STEP_PROGRESS, "50"),
                        Operation.chunk("catz").withMetadata(JsonObject.of("a", 1)),
                        Operation.of(OperationType.REPLACE_LAST, "cats"),
                        Operation.of(OperationType.SET_CONTENT, "dogs"),
                        Operation.of(OperationType.of(999), "later"),
                        Operation.usage(Usage.of(3, 4))),
                FinishReason.LENGTH,
                Capability.CORRECTIONS);
        RawHttp.Answer answer = served.post(GENERATE, ask("fake/works"), LINES);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(lines(answer))
                .containsExactly(
                        "{\"type\":8,\"name\":\"STEP_START\",\"text\":\"looking\",\"metadata\":{}}",
                        "{\"type\":9,\"name\":\"STEP_PROGRESS\",\"text\":\"50\",\"metadata\":{}}",
                        "{\"type\":0,\"name\":\"ADD_CHUNK\",\"text\":\"catz\",\"metadata\":{\"a\":1}}",
                        "{\"type\":18,\"name\":\"REPLACE_LAST\",\"text\":\"cats\",\"metadata\":{}}",
                        "{\"type\":1,\"name\":\"SET_CONTENT\",\"text\":\"dogs\",\"metadata\":{}}",
                        "{\"type\":999,\"name\":\"OPERATION_999\",\"text\":\"later\",\"metadata\":{}}",
                        "{\"type\":23,\"name\":\"USAGE\",\"text\":\"\",\"metadata\":{},"
                                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}",
                        "{\"type\":17,\"name\":\"FINISHED_MESSAGE\",\"text\":\"\",\"metadata\":"
                                + "{\"finish_reason\":\"length\"},"
                                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}");
        String events =
                served.post(GENERATE, ask("fake/works"), "Accept: text/event-stream").body();
        assertThat(events).startsWith("data: {\"type\":8,").endsWith("}\n\n");
    }

    @Test
    void anAnswerOfWhichNothingWasSaidIsSaidAtItsEnd() throws Exception {
        served.router.serve("fake/silent", (_, _) -> GenerationResult.of("all at once"));
        assertThat(lines(served.post(GENERATE, ask("fake/silent"), LINES)).getFirst())
                .contains("\"ADD_CHUNK\",\"text\":\"all at once\"");
    }

    private static void breaks() {
        served.router.serve(
                "fake/breaks",
                (_, sink) -> {
                    sink.on(Operation.chunk("so far "));
                    sink.pause();
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "it broke");
                });
    }

    @Test
    void aFailureInMidStreamIsAnExceptionAndNeverAnEnd() throws Exception {
        breaks();
        List<String> lines = lines(served.post(GENERATE, ask("fake/breaks"), LINES));
        assertThat(lines.getLast())
                .isEqualTo(
                        "{\"type\":4,\"name\":\"EXCEPTION\",\"text\":\"it broke\",\"metadata\":"
                                + "{\"code\":\"UPSTREAM_ERROR\",\"retriable\":true}}");
        assertThat(lines).noneMatch(line -> line.contains("FINISHED_MESSAGE"));
    }

    @Test
    void aBareTextThatFailsBreaksOff() throws Exception {
        breaks();
        try (RawHttp http = served.connect()) {
            http.post(GENERATE, ask("fake/breaks", "\"stream\":true")).begin();
            assertThat(http.chunk()).isEqualTo("so far ");
            assertThatThrownBy(http::chunk).isInstanceOf(IOException.class);
        }
    }

    static List<ErrorCode> codes() {
        return ErrorCode.known();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyFailureHasItsStatusAndItsText(ErrorCode code) throws Exception {
        served.router.serve(
                "fake/fails",
                (_, _) -> {
                    throw new BindingException(code, "it failed");
                });
        for (String accept : List.of(LINES, "Accept: */*")) {
            for (String stream : List.of("true", "false")) {
                RawHttp.Answer answer =
                        served.post(GENERATE, ask("fake/fails", "\"stream\":" + stream), accept);
                assertThat(answer.status()).isEqualTo(code.httpStatus());
                assertThat(answer.body()).isEqualTo("{\"status\":false,\"error\":\"it failed\"}");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, text/plain", "false, text/plain", "false, application/x-ndjson"})
    void stopGenEndsWhatIsBeingGenerated(boolean stream, String accept) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        served.router.serve(
                "fake/endless",
                (request, sink) -> {
                    CountDownLatch cancelled = new CountDownLatch(1);
                    sink.on(Operation.chunk("first "));
                    sink.pause();
                    request.cancellation().onCancel(cancelled::countDown);
                    begun.countDown();
                    cancelled.await();
                    throw BindingException.cancelled();
                });
        try (RawHttp http = served.connect()) {
            http.post(GENERATE, ask("fake/endless", "\"stream\":" + stream), "Accept: " + accept);
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(served.get("/get_generation_status").body()).isEqualTo("{\"status\":true}");
            assertThat(served.post("/stop_gen", "{}").body()).isEqualTo("{\"status\":true}");
            RawHttp.Answer answer = http.answer();
            if (accept.startsWith("application")) {
                assertThat(answer.body()).contains("\"EXCEPTION\"", "\"stopped\"");
            } else {
                assertThat(answer.status()).isEqualTo(stream ? 200 : 499);
                assertThat(answer.body()).contains(stream ? "first " : "stopped");
            }
        }
        assertThat(served.get("/get_generation_status").body()).isEqualTo("{\"status\":false}");
    }

    @Test
    void textsBecomeTokensAndVectors() throws Exception {
        assertThat(served.post("/lollms_tokenize", "{\"prompt\":\"ab\"}").body())
                .isEqualTo("[97,98]");
        assertThat(
                        served.post("/lollms_tokenize", "{\"prompt\":\"ab\",\"return_named\":true}")
                                .body())
                .isEqualTo("[[\"a\",97],[\"b\",98]]");
        assertThat(served.post("/lollms_detokenize", "{\"tokens\":[97,98]}").body())
                .isEqualTo("\"ab\"");
        assertThat(
                        served.post("/lollms_detokenize", "{\"tokens\":[97],\"return_named\":true}")
                                .body())
                .isEqualTo("[[\"a\",97]]");
        assertThat(
                        served.post(
                                        "/lollms_embed",
                                        "{\"text\":\"ab\",\"model_name\":\"echo::echo\"}")
                                .body())
                .isEqualTo("{\"vector\":[2.0,0.5,0.5]}");
    }

    @Test
    void modelsAndBindingsAreListed() throws Exception {
        assertThat(served.get("/list_models").body()).contains("\"echo/echo\"");
        assertThat(json(served.get("/get_available_models")).get(0).has("name")).isTrue();
        JsonNode active = json(served.get("/get_active_model"));
        assertThat(active.get("model").stringValue()).isEqualTo(ECHO);
        assertThat(active.get("index").isIntegralNumber()).isTrue();
        assertThat(served.get("/get_model_status").body()).isEqualTo("{\"status\":true}");
        JsonNode binding = json(served.get("/list_bindings")).get(0);
        assertThat(binding.get("name").stringValue()).isEqualTo("echo");
        assertThat(binding.get("folder").stringValue()).isEqualTo("echo");
        assertThat(binding.get("author").stringValue()).isEqualTo("A. Author");
        assertThat(binding.get("installed").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/reload_binding",
                "/install_binding",
                "/reinstall_binding",
                "/unInstall_binding",
                "/get_active_binding_settings",
                "/set_active_binding_settings",
                "/update_binding_settings"
            })
    void whatIsTheOperatorsNeedsTheAdminToken(String path) throws Exception {
        served.host.changes.clear();
        RawHttp.Answer answer = served.post(path, "{\"client_id\":\"c\",\"name\":\"echo\"}");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(json(answer).get("status").booleanValue()).isFalse();
        assertThat(served.host.changes).isEmpty();
    }

    @Test
    void anOperatorManagesBindings() throws Exception {
        served.host.changes.clear();
        String echo = "{\"client_id\":\"c\",\"name\":\"Echo\"}";
        assertThat(served.post("/unInstall_binding", echo, ADMIN).body())
                .isEqualTo("{\"status\":true}");
        assertThat(served.host.changes).containsExactly("uninstall echo 30");
        assertThat(served.post("/install_binding", echo, ADMIN).status()).isEqualTo(200);
        RawHttp.Answer conflict = served.post("/reload_binding", echo, ADMIN);
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.body()).contains("a reload is going on");
        assertThat(served.post("/reload_binding", "{\"name\":\"other\"}", ADMIN).status())
                .isEqualTo(404);
    }

    @Test
    void anOperatorChangesSettingsAndAMaskedSecretStays() throws Exception {
        JsonNode settings = json(served.post("/get_active_binding_settings", "{}", ADMIN));
        assertThat(settings.get(0).get("name").stringValue()).isEqualTo("api_key");
        assertThat(settings.get(0).get("value").stringValue()).isEqualTo("***");
        String body =
                "{\"client_id\":\"c\",\"settings\":[{\"name\":\"api_key\",\"value\":\"***\"},"
                        + "{\"name\":\"delay\",\"type\":\"int\",\"value\":\"5\"}]}";
        assertThat(served.post("/set_active_binding_settings", body, ADMIN).status())
                .isEqualTo(200);
        assertThat(served.host.lastChange.settings())
                .isEqualTo(java.util.Map.of("delay", new JsonString("5")));
        String wrong = "{\"settings\":[{\"name\":\"nonsense\",\"value\":1}]}";
        assertThat(served.post("/set_active_binding_settings", wrong, ADMIN).status())
                .isEqualTo(400);
    }

    @Test
    void aBindingsLogoAndReadmeAreShown(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("echo.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("README.md", "logo.svg", "secret.txt")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        served.host.jar = jar;
        String logo = json(served.get("/list_bindings")).get(0).get("icon").stringValue();
        RawHttp.Answer answer = served.get(logo);
        assertThat(answer.body()).isEqualTo("logo.svg");
        assertThat(answer.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
        assertThat(served.get("/bindings/echo/README.md").body()).isEqualTo("README.md");
        assertThat(served.get("/bindings/echo/secret.txt").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bindings/echo/config.yaml",
                "/bindings/echo/..%2fecho.jar",
                "/bindings/nobody/README.md",
                "/list_nothing"
            })
    void nothingElseOfAJarIsServed(String path) throws Exception {
        RawHttp.Answer answer = served.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(json(answer).get("status").booleanValue()).isFalse();
    }
}
