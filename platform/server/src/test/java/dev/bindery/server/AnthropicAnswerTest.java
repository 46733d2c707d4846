package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole messages, counts, models and refusals. */
class AnthropicAnswerTest {
    private static final String PATH = "/v1/messages";
    private static final String VERSION = "anthropic-version: 2023-06-01";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static RawHttp.Answer ask(String model, String text) throws Exception {
        return served.post(PATH, Served.chatBody(model, text, "\"max_tokens\":9"));
    }

    private static RawHttp.Answer answer(Candidate candidate) throws Exception {
        served.router.serve(
                "fake/model", (_, _) -> GenerationResult.of(candidate).withUsage(Usage.of(3, 4)));
        return ask("fake/model", "x");
    }

    @Test
    void aWholeMessageIsWhatClientsExpect() throws Exception {
        RawHttp.Answer answer = ask(ECHO, "hello there");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"id\":\"%s\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"echo/echo\",\"content\":[{\"type\":\"text\",\"text\":\"hello there\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":2,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":2}}"
                                .formatted(
                                        answer.header("request-id").replaceFirst("req_", "msg_")));
    }

    @Test
    void partsAreBlocksInTheirOrder() throws Exception {
        JsonNode message =
                json(
                        answer(
                                Candidate.builder()
                                        .parts(
                                                List.of(
                                                        ReasoningPart.of("hm", "c2ln", false),
                                                        TextPart.of("see"),
                                                        ToolCallPart.of("c0", "f", "{\"a\": 1.50}"),
                                                        ToolCallPart.of("c1", "g", "")))
                                        .finishReason(FinishReason.TOOL_CALLS)
                                        .build()));
        assertThat(message.get("content").toString())
                .isEqualTo(
                        "[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"c2ln\"},"
                                + "{\"type\":\"text\",\"text\":\"see\"},"
                                + "{\"type\":\"tool_use\",\"id\":\"c0\",\"name\":\"f\",\"input\":{\"a\":1.5}},"
                                + "{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"g\",\"input\":{}}]");
        assertThat(message.get("stop_reason").stringValue()).isEqualTo("tool_use");
    }

    @ParameterizedTest
    @CsvSource({
        "stop,,end_turn",
        "stop,END,stop_sequence",
        "length,,max_tokens",
        "tool_calls,,tool_use",
        "content_filter,,refusal",
        "refusal,,refusal",
        "cancelled,,end_turn",
        "unheard_of,,end_turn"
    })
    void everyEndHasItsReason(String reason, String stopSequence, String told) throws Exception {
        JsonNode message =
                json(
                        answer(
                                Candidate.builder()
                                        .text("x")
                                        .finishReason(new FinishReason(reason))
                                        .stopSequence(stopSequence)
                                        .build()));
        assertThat(message.get("stop_reason").stringValue()).isEqualTo(told);
        assertThat(message.get("stop_sequence").asString(null)).isEqualTo(stopSequence);
    }

    @Test
    void argumentsThatAreNoObjectAreTheModelsFault() throws Exception {
        RawHttp.Answer answer =
                answer(Candidate.builder().parts(List.of(ToolCallPart.of("c", "f", "{a"))).build());
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("api_error", "the tool f with arguments");
    }

    @Test
    void tokensAreCountedWithoutAnAnswer() throws Exception {
        served.router.asked.clear();
        RawHttp.Answer answer =
                served.post(PATH + "/count_tokens?beta=true", Served.chatBody(ECHO, "four"));
        assertThat(answer.body()).isEqualTo("{\"input_tokens\":4}");
        assertThat(answer.header("request-id")).isNotEmpty();
        assertThat(served.router.asked).isEmpty();
    }

    @Test
    void modelsAreInThisFormForThisApisClientsAlone() throws Exception {
        try (Served own = new Served()) {
            own.router.serve(
                    "fake",
                    ModelInfo.builder("a/b")
                            .displayName("A B")
                            .contextLength(4096)
                            .maxOutputTokens(100)
                            .build(),
                    (_, _) -> GenerationResult.of("ok"));
            JsonNode list = json(own.get("/v1/models", VERSION));
            assertThat(list.get("has_more").booleanValue()).isFalse();
            assertThat(list.get("data")).hasSize(2);
            assertThat(list.get("first_id")).isEqualTo(list.at("/data/0/id"));
            assertThat(list.get("last_id")).isEqualTo(list.at("/data/1/id"));
            for (String id : List.of("fake/a/b", "fake%2Fa%2Fb")) {
                assertThat(own.get("/v1/models/" + id, VERSION).body())
                        .isEqualTo(
                                "{\"type\":\"model\",\"id\":\"fake/a/b\",\"display_name\":\"A B\","
                                        + "\"created_at\":\"1970-01-01T00:00:00Z\","
                                        + "\"max_input_tokens\":4096,\"max_tokens\":100,"
                                        + "\"lifecycle\":\"active\"}");
            }
            assertThat(json(own.get("/v1/models")).get("object").stringValue()).isEqualTo("list");
            JsonNode unknown = json(own.get("/v1/models/no", VERSION));
            assertThat(unknown.at("/error/type").stringValue()).isEqualTo("not_found_error");
            assertThat(json(own.get("/v1/models/no")).at("/error/code").stringValue())
                    .isEqualTo("model_not_found");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST,400,invalid_request_error",
        "CONTEXT_LENGTH_EXCEEDED,400,invalid_request_error",
        "UNSUPPORTED,400,invalid_request_error",
        "CONTENT_FILTERED,400,invalid_request_error",
        "MODEL_NOT_FOUND,404,not_found_error",
        "RATE_LIMITED,429,rate_limit_error",
        "OVERLOADED,529,overloaded_error",
        "CANCELLED,499,api_error",
        "INTERNAL,500,api_error",
        "UPSTREAM_AUTHENTICATION,502,api_error",
        "UPSTREAM_ERROR,502,api_error",
        "NOT_CONFIGURED,503,api_error",
        "UPSTREAM_UNAVAILABLE,503,api_error",
        "TIMEOUT,504,timeout_error"
    })
    void everyFailureHasItsStatusAndType(String name, int status, String type) throws Exception {
        ErrorCode code = ErrorCode.of(name);
        served.router.serve(
                "fake/fails",
                (_, _) -> {
                    throw new BindingException(code, "it failed");
                });
        RawHttp.Answer answer = ask("fake/fails", "x");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"it failed\"},\"request_id\":\"%s\"}"
                                .formatted(type, answer.header("request-id")));
        assertThat(answer.header("x-should-retry")).isEqualTo(code.retriable() ? null : "false");
    }

    @Test
    void noFailureIsForgotten() throws Exception {
        Map<String, String> tested =
                Arrays.stream(
                                getClass()
                                        .getDeclaredMethod(
                                                "everyFailureHasItsStatusAndType",
                                                String.class,
                                                int.class,
                                                String.class)
                                        .getAnnotation(CsvSource.class)
                                        .value())
                        .collect(Collectors.toMap(row -> row.split(",", 2)[0], row -> row));
        assertThat(tested)
                .containsOnlyKeys(ErrorCode.known().stream().map(ErrorCode::name).toList());
    }

    @Test
    void whatHttpAloneKnowsIsToldInThisForm() throws Exception {
        assertThat(type(served.post(PATH, "{"), 400)).isEqualTo("invalid_request_error");
        assertThat(type(served.get(PATH), 405)).isEqualTo("invalid_request_error");
        assertThat(type(served.post(PATH + "/batches", "{}"), 404)).isEqualTo("not_found_error");
        assertThat(type(served.post(PATH, "{}", "Host: evil.example"), 403))
                .isEqualTo("permission_error");
        try (Served small = Served.withBodiesUpTo(10)) {
            assertThat(type(small.post(PATH, Served.chatBody(ECHO, "long")), 413))
                    .isEqualTo("request_too_large");
        }
    }

    @Test
    void keysAreShownAsBearerOrByTheirOwnHeader() throws Exception {
        KeyRing keys =
                KeyRing.of(
                        List.of(
                                ApiKey.of("all", "secret"),
                                ApiKey.of("one", "small", List.of("small/*"), null)));
        try (Served locked = new Served(options -> options.keys(keys))) {
            String body = Served.chatBody(ECHO, "hi", "\"max_tokens\":5");
            assertThat(type(locked.post(PATH, body), 401)).isEqualTo("authentication_error");
            assertThat(type(locked.post(PATH, body, "x-api-key: wrong"), 401))
                    .isEqualTo("authentication_error");
            assertThat(type(locked.post(PATH, body, "x-api-key: small"), 403))
                    .isEqualTo("permission_error");
            assertThat(locked.post(PATH, body, "x-api-key: secret").status()).isEqualTo(200);
            assertThat(locked.post(PATH, body, "Authorization: Bearer secret").status())
                    .isEqualTo(200);
        }
    }

    private static String type(RawHttp.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        JsonNode body = json(answer);
        assertThat(body.get("type").stringValue()).isEqualTo("error");
        assertThat(body.get("request_id").stringValue()).isEqualTo(answer.header("request-id"));
        return body.at("/error/type").stringValue();
    }
}
