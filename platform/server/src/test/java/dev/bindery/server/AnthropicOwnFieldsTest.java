package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Candidate;
import dev.bindery.api.Capability;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Part;
import dev.bindery.api.TextPart;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
