package dev.bindery.binding.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.Prompt;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Role;
import dev.bindery.api.Sampling;
import dev.bindery.api.TextPart;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolChoice;
import dev.bindery.api.ToolResultPart;
import dev.bindery.fixture.Ear;
import dev.bindery.fixture.MockProvider;
import dev.bindery.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RequestTest {
    @Test
    void everythingTheContractKnowsOfSamplingBecomesAnOption() throws Exception {
        Sampling sampling =
                Sampling.builder()
                        .temperature(0.5)
                        .topP(0.9)
                        .topK(40)
                        .minP(0.05)
                        .repeatPenalty(1.1)
                        .repeatLastN(64)
                        .presencePenalty(0.1)
                        .frequencyPenalty(0.2)
                        .seed(7L)
                        .stop(List.of("END"))
                        .build();

        JsonNode asked = sent(Map.of(), Ollama.chat("hi").sampling(sampling).maxTokens(9));

        assertThat(asked.path("options"))
                .isEqualTo(
                        json(
                                "{'num_predict':9,'temperature':0.5,'top_p':0.9,'top_k':40,'min_p':0.05,'repeat_penalty':1.1,'repeat_last_n':64,'presence_penalty':0.1,'frequency_penalty':0.2,'seed':7,'stop':['END']}"));
        assertThat(asked.path("stream").booleanValue()).isTrue();
        assertThat(asked.path("messages")).isEqualTo(json("[{'role':'user','content':'hi'}]"));
    }

    @Test
    void whatAClientSentInOllamasOwnTermsIsForwardedWhereItIsKnown() throws Exception {
        JsonObject own =
                JsonObject.of("mirostat", 2)
                        .with("num_ctx", 512)
                        .with("shift", false)
                        .with("evil", "x");

        JsonNode asked =
                sent(
                        Map.of("context_size", 4096),
                        Ollama.chat("hi").parameters(JsonObject.of("ollama", own)));

        assertThat(asked.path("options")).isEqualTo(json("{'mirostat':2,'num_ctx':512}"));
        assertThat(asked.path("shift").booleanValue()).isFalse();
        assertThat(asked.has("evil")).isFalse();
    }

    @Test
    void settingsStandInForWhatARequestDoesNotSay() throws Exception {
        Map<String, Object> settings =
                Map.of("context_size", 4096, "max_tokens", 77, "seed", 3, "keep_alive", "30m");

        JsonNode asked = sent(settings, Ollama.chat("hi"));

        assertThat(asked.path("options"))
                .isEqualTo(json("{'num_ctx':4096,'num_predict':77,'seed':3}"));
        assertThat(asked.path("keep_alive").stringValue()).isEqualTo("30m");
    }

    @Test
    void howLongToKeepAModelIsToldAsTheRequestSays() throws Exception {
        Map<String, Object> settings = Map.of("keep_alive", "30m");

        assertThat(
                        sent(settings, Ollama.chat("hi").keepAlive(Duration.ofSeconds(90)))
                                .path("keep_alive")
                                .stringValue())
                .isEqualTo("90000ms");
        assertThat(
                        sent(settings, Ollama.chat("hi").keepAlive(Duration.ofSeconds(-1)))
                                .path("keep_alive")
                                .intValue())
                .isEqualTo(-1);
        assertThat(sent(Map.of(), Ollama.chat("hi")).has("keep_alive")).isFalse();
    }

    @Test
    void theFormOfTheAnswerIsJsonOrASchema() throws Exception {
        JsonObject schema = JsonObject.of("type", "object");

        assertThat(
                        sent(Map.of(), Ollama.chat("hi").responseFormat(ResponseFormat.JSON))
                                .path("format")
                                .stringValue())
                .isEqualTo("json");
        assertThat(
                        sent(
                                        Map.of(),
                                        Ollama.chat("hi")
                                                .responseFormat(
                                                        ResponseFormat.jsonSchema("a", schema)))
                                .path("format"))
                .isEqualTo(json("{'type':'object'}"));
    }

    @Test
    void thinkingIsAFlagOrALevel() throws Exception {
        assertThat(think(ReasoningOptions.builder())).isEqualTo(json("true"));
        assertThat(think(ReasoningOptions.builder().effort(ReasoningEffort.NONE)))
                .isEqualTo(json("false"));
        assertThat(think(ReasoningOptions.builder().effort(ReasoningEffort.HIGH)))
                .isEqualTo(json("'high'"));
        assertThat(think(ReasoningOptions.builder().effort(ReasoningEffort.MINIMAL)))
                .isEqualTo(json("'low'"));
        assertThat(think(ReasoningOptions.builder().effort(new ReasoningEffort("unheard-of"))))
                .isEqualTo(json("true"));
        assertThat(think(ReasoningOptions.builder().budgetTokens(0))).isEqualTo(json("false"));
        assertThat(think(ReasoningOptions.builder().budgetTokens(4000)))
                .isEqualTo(json("'medium'"));
        assertThat(sent(Map.of(), Ollama.chat("hi")).has("think")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json: cannot unmarshal string into Go struct field ChatRequest.think of type bool",
                "think value \\\"low\\\" is not supported for this model"
            })
    void whereLevelsAreNotKnownTheModelThinksWithoutOne(String refusal) throws Exception {
        try (Ollama ollama = Ollama.withDefaults()) {
            ollama.answers(400, "{'error':'%s'}".formatted(refusal));
            ollama.streams(Ollama.piece("Yes."), Ollama.DONE);
            GenerationRequest request =
                    Ollama.chat("hi")
                            .reasoning(
                                    ReasoningOptions.builder().effort(ReasoningEffort.LOW).build())
                            .build();

            assertThat(ollama.binding().generate(request, new Ear()).text()).isEqualTo("Yes.");

            assertThat(ollama.asked().get("think")).isEqualTo(json("'low'"));
            assertThat(ollama.asked().get("think")).isEqualTo(json("true"));
        }
    }

    private static JsonNode think(ReasoningOptions.Builder options) throws Exception {
        return sent(Map.of(), Ollama.chat("hi").reasoning(options.build())).path("think");
    }

    @Test
    void toolsGoAlongUnlessTheClientWantsNone() throws Exception {
        Tool tool =
                Tool.builder("clock")
                        .description("tells the time")
                        .parameters(JsonObject.of("type", "object"))
                        .build();

        JsonNode asked =
                sent(Map.of(), Ollama.chat("hi").tools(List.of(tool, Tool.builder("f").build())));
        JsonNode none =
                sent(Map.of(), Ollama.chat("hi").tools(List.of(tool)).toolChoice(ToolChoice.NONE));

        assertThat(asked.path("tools"))
                .isEqualTo(
                        json(
                                "[{'type':'function','function':{'name':'clock','description':'tells the time','parameters':{'type':'object'}}},{'type':'function','function':{'name':'f','parameters':{'type':'object','properties':{}}}}]"));
        assertThat(none.has("tools")).isFalse();
    }

    @Test
    void aToolCannotBeForced() {
        Tool tool = Tool.builder("clock").build();

        refused(
                Ollama.chat("hi").tools(List.of(tool)).toolChoice(ToolChoice.REQUIRED),
                ErrorCode.UNSUPPORTED,
                "the model decides");
    }

    @Test
    void aConversationWithToolsIsWrittenWithObjectsAndTheToolsNames() throws Exception {
        GenerationRequest.Builder request =
                GenerationRequest.chat(
                        "m",
                        List.of(
                                Message.of(Role.DEVELOPER, "be brief"),
                                Message.user("what time is it?"),
                                Message.of(
                                        Role.ASSISTANT,
                                        List.of(
                                                ReasoningPart.of("a clock would help"),
                                                TextPart.of("Let me see."),
                                                ToolCallPart.of(
                                                        "c1", "clock", "{\"zone\":\"UTC\"}"))),
                                Message.of(Role.TOOL, List.of(ToolResultPart.of("c1", "12:00")))));

        assertThat(sent(Map.of(), request).path("messages"))
                .isEqualTo(
                        json(
                                "[{'role':'system','content':'be brief'},{'role':'user','content':'what time is it?'},{'role':'assistant','content':'Let me see.','thinking':'a clock would help','tool_calls':[{'id':'c1','function':{'name':'clock','arguments':{'zone':'UTC'}}}]},{'role':'tool','tool_name':'clock','tool_call_id':'c1','content':'12:00'}]"));
    }

    @Test
    void argumentsThatAreNoObjectAreRefused() {
        Message broken = Message.of(Role.ASSISTANT, List.of(ToolCallPart.of("c1", "clock", "[1]")));

        refused(
                GenerationRequest.chat("m", List.of(Message.user("hi"), broken)),
                ErrorCode.INVALID_REQUEST,
                "clock");
    }

    @Test
    void imagesGoAlongInBase64() throws Exception {
        Blob png = Blob.of("image/png", new byte[] {1, 2, 3});
        Message user = Message.of(Role.USER, List.of(TextPart.of("look"), MediaPart.of(png)));

        assertThat(sent(Map.of(), GenerationRequest.chat("m", List.of(user))).path("messages"))
                .isEqualTo(json("[{'role':'user','content':'look','images':['AQID']}]"));
    }

    @Test
    void otherMediaAreRefused() {
        Blob wav = Blob.of("audio/wav", new byte[] {1});

        refused(
                GenerationRequest.chat(
                        "m", List.of(Message.of(Role.USER, List.of(MediaPart.of(wav))))),
                ErrorCode.UNSUPPORTED,
                "no other media");
    }

    @Test
    void aBarePromptGoesAsItIs() throws Exception {
        JsonNode raw = sent(Map.of(), GenerationRequest.prompt("m", "Once"));
        JsonNode templated = sent(Map.of("mode", "chat"), GenerationRequest.prompt("m", "Once"));
        JsonNode filled =
                sent(
                        Map.of(),
                        GenerationRequest.builder("m", Prompt.of("def f(").withSuffix("return 1")));

        assertThat(raw.path("prompt").stringValue()).isEqualTo("Once");
        assertThat(raw.path("raw").booleanValue()).isTrue();
        assertThat(templated.path("raw").booleanValue()).isFalse();
        assertThat(filled.path("suffix").stringValue()).isEqualTo("return 1");
        assertThat(filled.has("raw")).isFalse();
    }

    @Test
    void whatWouldOnlyLoadTheModelIsRefused() {
        refused(GenerationRequest.prompt("m", ""), ErrorCode.INVALID_REQUEST, "empty");
        refused(GenerationRequest.chat("m", List.of()), ErrorCode.INVALID_REQUEST, "message");
        refused(
                GenerationRequest.builder("m", Prompt.ofTokens(new int[] {1})),
                ErrorCode.UNSUPPORTED,
                "not as tokens");
    }

    @Test
    void logprobsAreAskedForWithTheirAlternatives() throws Exception {
        JsonNode asked = sent(Map.of(), Ollama.chat("hi").logprobs(2));

        assertThat(asked.path("logprobs").booleanValue()).isTrue();
        assertThat(asked.path("top_logprobs").intValue()).isEqualTo(2);
    }

    @Test
    void theKeyIsABearerToken() throws Exception {
        try (Ollama ollama = new Ollama(Map.of("api_key", "very-secret"))) {
            ollama.streams(Ollama.DONE);
            ollama.binding().generate(Ollama.chat("hi").build(), GenerationCallback.IGNORE);

            RecordedRequest request = ollama.request();
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer very-secret");
            assertThat(request.getTarget()).isEqualTo("/api/chat");
        }
    }

    @Test
    void aKeepAliveThatIsNoDurationIsRefusedAtOnce() {
        assertThatThrownBy(() -> new Ollama(Map.of("keep_alive", "soon")))
                .hasMessageContaining("keep_alive")
                .hasMessageContaining("30m");
    }

    /** What the server was sent. */
    private static JsonNode sent(Map<String, ?> settings, GenerationRequest.Builder request)
            throws Exception {
        try (Ollama ollama = new Ollama(settings)) {
            ollama.streams(Ollama.DONE);
            ollama.binding().generate(request.build(), GenerationCallback.IGNORE);
            return ollama.asked();
        }
    }

    private static void refused(GenerationRequest.Builder request, ErrorCode code, String words) {
        assertThatThrownBy(() -> sent(Map.of(), request))
                .isInstanceOfSatisfying(
                        BindingException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    private static JsonNode json(String text) {
        return Json.parse(MockProvider.quoted(text));
    }
}
