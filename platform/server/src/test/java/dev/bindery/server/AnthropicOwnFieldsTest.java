package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Candidate;
import dev.bindery.api.Capability;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.Part;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallDelta;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only Anthropic's API has reaches a binding that speaks it, and comes back. */
class AnthropicOwnFieldsTest {
    private static final String PATH = "/v1/messages";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static GenerationRequest asked(String fields) throws Exception {
        served.router.serve(
                "fake/model",
                (_, _) -> GenerationResult.of("ok"),
                Capability.CHAT,
                Capability.REASONING);
        served.router.asked.clear();
        RawHttp.Answer answer =
                served.post(
                        PATH, "{\"model\":\"fake/model\",\"max_tokens\":50,%s}".formatted(fields));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return served.router.asked.take();
    }

    @Test
    void fieldsOfABlockThatTheContractDoesNotNameGoOnBesideIt() throws Exception {
        List<Part> parts =
                asked(
                                """
                                "messages":[{"role":"user","content":[
                                 {"type":"document","title":"t","context":"c","citations":{"enabled":true},
                                  "source":{"type":"text","media_type":"text/plain","data":"x"}},
                                 {"type":"text","text":"a","citations":null},
                                 {"type":"text","text":"b","citations":[{"type":"page_location"}],
                                  "cache_control":{"type":"ephemeral"}}]}]
                                """)
                        .chat()
                        .orElseThrow()
                        .messages()
                        .getFirst()
                        .parts();

        assertThat(parts)
                .extracting(part -> part.providerData().toString())
                .containsExactly(
                        "{\"anthropic\":{\"context\":\"c\",\"citations\":{\"enabled\":true}}}",
                        "{}",
                        "{\"anthropic\":{\"citations\":[{\"type\":\"page_location\"}]}}");
        assertThat(parts.getLast().cacheHint()).isPresent();
    }

    @Test
    void howMuchToThinkGoesOnInTheClientsOwnWordsToo() throws Exception {
        GenerationRequest request =
                asked(
                        """
                        "messages":[{"role":"user","content":"x"}],
                        "thinking":{"type":"between_tools"},"output_config":{"effort":"xhigh"}
                        """);

        assertThat(request.reasoning()).isPresent();
        assertThat(request.parameters())
                .hasToString(
                        "{\"anthropic\":{\"thinking\":{\"type\":\"between_tools\"},"
                                + "\"output_config\":{\"effort\":\"xhigh\"}}}");
    }

    @Test
    void betaFeaturesOfTheHeaderGoOnAsAParameter() throws Exception {
        served.router.serve("fake/model", (_, _) -> GenerationResult.of("ok"));
        served.router.asked.clear();
        RawHttp.Answer answer =
                served.post(
                        PATH,
                        Served.chatBody("fake/model", "x", "\"max_tokens\":9"),
                        "anthropic-beta: one-2025-01-01, two",
                        "anthropic-beta: three,,");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);

        assertThat(served.router.asked.take().parameters())
                .hasToString(
                        "{\"anthropic\":{\"anthropic_beta\":[\"one-2025-01-01\",\"two\",\"three\"]}}");
    }

    private static Operation opaque(String dialect, String kind, JsonObject block) {
        JsonObject said =
                JsonObject.of("dialect", dialect).with("kind", kind).with("content", block);
        return Operation.of(OperationType.JSON_INFOS, "")
                .withMetadata(JsonObject.of("opaque", said));
    }

    private static Operation cited(int part, String dialect) {
        return Operation.of(OperationType.REF, "[a](b)")
                .withMetadata(
                        JsonObject.of("part", part)
                                .with("citation", JsonObject.of("type", "page_location"))
                                .with("dialect", dialect));
    }

    private static Operation text(int part, String text) {
        return Operation.chunk(text).withMetadata(JsonObject.of("part", part));
    }

    private static final JsonObject SEARCH =
            JsonObject.of("type", "server_tool_use")
                    .with("id", "srv")
                    .with("input", JsonObject.of("query", "q"))
                    .with("caller", "direct");
    private static final JsonObject FOUND =
            JsonObject.of("type", "web_search_tool_result")
                    .with("content", List.of(JsonObject.of("encrypted_content", "c+/=")));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void blocksWithoutANameAndCitationsAreStreamedInTheirPlace(boolean corrections)
            throws Exception {
        Capability[] can =
                corrections ? new Capability[] {Capability.CORRECTIONS} : new Capability[0];
        served.router.serve(
                "fake/model",
                List.of(
                        Operation.chunk("I look."),
                        opaque("anthropic", "server_tool_use", SEARCH),
                        opaque("anthropic", "web_search_tool_result", FOUND),
                        opaque("gemini", "thing", JsonObject.EMPTY),
                        Operation.of(OperationType.JSON_INFOS, "{}"),
                        Operation.chunk("It "),
                        text(4, "rains"),
                        cited(4, "anthropic"),
                        cited(4, "cohere"),
                        cited(5, "anthropic"),
                        text(5, ".")),
                FinishReason.STOP,
                can);

        RawHttp.Answer answer =
                served.post(
                        PATH,
                        Served.chatBody("fake/model", "x", "\"max_tokens\":9", "\"stream\":true"));

        assertThat(
                        answer.body()
                                .lines()
                                .filter(line -> line.startsWith("data: {\"type\":\"content_block"))
                                .map(line -> line.substring(29).replaceFirst("}$", "")))
                .containsExactly(
                        "start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}",
                        "delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"I"
                                + " look.\"}",
                        "stop\",\"index\":0",
                        "start\",\"index\":1,\"content_block\":{\"type\":\"server_tool_use\",\"id\":\"srv\",\"input\":{},\"caller\":\"direct\"}",
                        "delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"query\\\":\\\"q\\\"}\"}",
                        "stop\",\"index\":1",
                        "start\",\"index\":2,\"content_block\":" + FOUND,
                        "stop\",\"index\":2",
                        "start\",\"index\":3,\"content_block\":{\"type\":\"text\",\"text\":\"\"}",
                        "delta\",\"index\":3,\"delta\":{\"type\":\"text_delta\",\"text\":\"It \"}",
                        "stop\",\"index\":3",
                        "start\",\"index\":4,\"content_block\":{\"type\":\"text\",\"text\":\"\"}",
                        corrections ? CITED.formatted(4) : RAINS,
                        corrections ? RAINS : CITED.formatted(4),
                        "stop\",\"index\":4",
                        "start\",\"index\":5,\"content_block\":{\"type\":\"text\",\"text\":\"\"}",
                        CITED.formatted(5),
                        "delta\",\"index\":5,\"delta\":{\"type\":\"text_delta\",\"text\":\".\"}",
                        "stop\",\"index\":5");
    }

    private static final String RAINS =
            "delta\",\"index\":4,\"delta\":{\"type\":\"text_delta\",\"text\":\"rains\"}";
    private static final String CITED =
            "delta\",\"index\":%d,\"delta\":{\"type\":\"citations_delta\",\"citation\":{\"type\":\"page_location\"}}";

    @Test
    void textThatMayStillChangeComesBeforeTheCallThatFollowsIt() throws Exception {
        served.router.serve(
                "fake/model",
                List.of(
                        Operation.chunk("I "),
                        Operation.chunk("look."),
                        Operation.toolCall(ToolCallDelta.first(0, "c", "f", "{}"))),
                FinishReason.TOOL_CALLS,
                Capability.CORRECTIONS);

        String answer =
                served.post(
                                PATH,
                                Served.chatBody(
                                        "fake/model", "x", "\"max_tokens\":9", "\"stream\":true"))
                        .body();

        assertThat(answer.indexOf("look.")).isBetween(0, answer.indexOf("tool_use\",\"id"));
    }

    @Test
    void citationsComeBackWithTheirTextAndAPauseIsAPause() throws Exception {
        JsonObject cited =
                JsonObject.of(
                        "citations",
                        new JsonArray(List.of(JsonObject.of("type", "page_location"))));
        Candidate candidate =
                Candidate.builder()
                        .parts(
                                List.of(
                                        TextPart.of("b")
                                                .withProviderData(
                                                        JsonObject.of("anthropic", cited))))
                        .finishReason(new FinishReason("pause_turn"))
                        .build();
        served.router.serve("fake/model", (_, _) -> GenerationResult.of(candidate));

        RawHttp.Answer answer =
                served.post(PATH, Served.chatBody("fake/model", "x", "\"max_tokens\":9"));

        assertThat(answer.body())
                .contains(
                        "{\"type\":\"text\",\"text\":\"b\",\"citations\":[{\"type\":\"page_location\"}]}")
                .contains("\"stop_reason\":\"pause_turn\"");
    }
}
