package dev.bindery.binding.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Blob;
import dev.bindery.api.CacheHint;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RequestTest {
    private static final String HI = "[{'role':'user','content':[{'type':'text','text':'Hi'}]}]";

    private static JsonNode sent(GenerationRequest request) throws Exception {
        return sent(request, Map.of());
    }

    private static JsonNode sent(GenerationRequest request, Map<String, ?> settings)
            throws Exception {
        try (Provider provider = new Provider(settings)) {
            provider.streams(Provider.hello());
            provider.binding().generate(request, new Ear());
            return provider.asked();
        }
    }

    private static JsonNode messages(Message... messages) throws Exception {
        return sent(GenerationRequest.chat("claude-haiku-4-5", List.of(messages)).build())
                .path("messages");
    }

    private static GenerationRequest.Builder hi(String model) {
        return GenerationRequest.chat(model, List.of(Message.user("Hi")));
    }

    private static JsonNode json(String quoted) {
        return Json.parse(MockProvider.quoted(quoted));
    }

    @Test
    void theSmallestRequestHasALimitAndTheHeadersOfTheApi() throws Exception {
        try (Provider provider = new Provider(Map.of("anthropic_beta", List.of("one", "two")))) {
            provider.streams(Provider.hello());
            provider.binding().generate(hi("m").build(), new Ear());

            RecordedRequest request = provider.request();
            assertThat(request.getTarget()).isEqualTo("/v1/messages");
            assertThat(request.getHeaders().get("x-api-key")).isEqualTo(Provider.KEY);
            assertThat(request.getHeaders().get("anthropic-version")).isEqualTo("2023-06-01");
            assertThat(request.getHeaders().get("anthropic-beta")).isEqualTo("one,two");
            assertThat(Json.parse(request.getBody().utf8()))
                    .isEqualTo(json("{'model':'m','messages':" + HI + ",'max_tokens':16384}"));
        }
    }

    @Test
    void whatTheContractSaysIsSaidInTheApisWords() throws Exception {
        GenerationRequest request =
                hi("m").maxTokens(5)
                        .streaming(true)
                        .sampling(
                                Sampling.builder()
                                        .temperature(1.7)
                                        .topP(0.5)
                                        .topK(3)
                                        .seed(1L)
                                        .stop(List.of("END"))
                                        .build())
                        .parameters(
                                JsonObject.of(
                                                "anthropic",
                                                JsonObject.of(
                                                                "metadata",
                                                                JsonObject.of("user_id", "u"))
                                                        .with("wild", 1))
                                        .with("openai", JsonObject.of("service_tier", "flex")))
                        .build();

        assertThat(sent(request))
                .isEqualTo(
                        json(
                                "{'model':'m','messages':"
                                        + HI
                                        + ",'max_tokens':5,'temperature':1.0,'top_p':0.5,'top_k':3,'stop_sequences':['END'],"
                                        + "'stream':true,'metadata':{'user_id':'u'}}"));
        assertThat(
                        sent(request, Map.of("forward_parameters", List.of("wild")))
                                .path("wild")
                                .asInt())
                .isOne();
    }

    @Test
    void instructionsStandApartAndTurnsAlternate() throws Exception {
        GenerationRequest request =
                GenerationRequest.chat(
                                "claude-haiku-4-5",
                                List.of(
                                        Message.system("Be brief."),
                                        Message.of(Role.DEVELOPER, "Be kind."),
                                        Message.user("A"),
                                        Message.user("B"),
                                        Message.system("Be quick."),
                                        Message.assistant(""),
                                        Message.assistant("C"),
                                        Message.user("D")))
                        .build();

        JsonNode body = sent(request);

        assertThat(body.path("system"))
                .isEqualTo(
                        json(
                                "[{'type':'text','text':'Be brief.'},{'type':'text','text':'Be kind.'},"
                                        + "{'type':'text','text':'Be quick.'}]"));
        assertThat(body.path("messages"))
                .isEqualTo(
                        json(
                                "[{'role':'user','content':[{'type':'text','text':'A'},{'type':'text','text':'B'}]},"
                                        + "{'role':'assistant','content':[{'type':'text','text':'C'}]},"
                                        + "{'role':'user','content':[{'type':'text','text':'D'}]}]"));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-opus-4-8, auto, true",
        "claude-opus-5, auto, true",
        "claude-sonnet-5, auto, false",
        "claude-sonnet-5-5, auto, true",
        "claude-opus-4-20250514, auto, false",
        "glm, auto, false",
        "glm, keep, true",
        "claude-opus-5, move, false"
    })
    void instructionsStayInTheirPlaceWhereTheModelTakesThem(
            String model, String setting, boolean stay) throws Exception {
        GenerationRequest request =
                GenerationRequest.chat(
                                model,
                                List.of(
                                        Message.user("A"),
                                        Message.system("Be quick."),
                                        Message.assistant("B"),
                                        Message.user("C")))
                        .build();

        JsonNode body = sent(request, Map.of("system_turns", setting));

        assertThat(Json.text(body.path("messages").path(1), "role").equals("system"))
                .isEqualTo(stay);
        assertThat(body.has("system")).isEqualTo(!stay);
    }

    @Test
    void resultsOfToolsLeadTheUsersTurn() throws Exception {
        JsonNode sent =
                messages(
                        Message.user("Look"),
                        Message.of(
                                Role.ASSISTANT,
                                List.of(
                                        ToolCallPart.of("call.1", "look", "{\"at\":1}"),
                                        ToolCallPart.of("b", "look", ""),
                                        ToolCallPart.of("c", "look", "[broken"))),
                        Message.of(Role.TOOL, List.of(ToolResultPart.of("call.1", "seen"))),
                        Message.user("And?"),
                        Message.of(
                                Role.TOOL,
                                List.of(
                                        ToolResultPart.of(
                                                "b",
                                                null,
                                                List.of(
                                                        TextPart.of("no"),
                                                        MediaPart.of(
                                                                Blob.of("image/png", new byte[3]))),
                                                true))));

        assertThat(sent.path(1).path("content"))
                .isEqualTo(
                        json(
                                "[{'type':'tool_use','id':'call_1','name':'look','input':{'at':1}},"
                                        + "{'type':'tool_use','id':'b','name':'look','input':{}},"
                                        + "{'type':'tool_use','id':'c','name':'look','input':{'malformed_arguments':'[broken'}}]"));
        assertThat(sent.path(2))
                .isEqualTo(
                        json(
                                "{'role':'user','content':[{'type':'tool_result','tool_use_id':'call_1','content':[{'type':'text','text':'seen'}]},"
                                        + "{'type':'tool_result','tool_use_id':'b','content':[{'type':'text','text':'no'},"
                                        + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}],'is_error':true},"
                                        + "{'type':'text','text':'And?'}]}"));
    }

    @Test
    void imagesAndDocumentsAreBlocksOfTheirKind() throws Exception {
        JsonNode sent =
                messages(
                        Message.of(
                                Role.USER,
                                List.of(
                                        MediaPart.of(Blob.of("image/jpeg", new byte[3])),
                                        MediaPart.of(URI.create("https://example.org/a.png")),
                                        MediaPart.of(Blob.of("application/pdf", new byte[3]))
                                                .withName("a.pdf"),
                                        MediaPart.of(URI.create("https://example.org/b.PDF")),
                                        MediaPart.of(
                                                Blob.of(
                                                        "text/plain; charset=utf-8",
                                                        "grün"
                                                                .getBytes(
                                                                        StandardCharsets
                                                                                .UTF_8))))));

        assertThat(sent.path(0).path("content"))
                .isEqualTo(
                        json(
                                "[{'type':'image','source':{'type':'base64','media_type':'image/jpeg','data':'AAAA'}},"
                                        + "{'type':'image','source':{'type':'url','url':'https://example.org/a.png'}},"
                                        + "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AAAA'},'title':'a.pdf'},"
                                        + "{'type':'document','source':{'type':'url','url':'https://example.org/b.PDF'}},"
                                        + "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'grün'}}]"));
        assertThatThrownBy(() ->
                        messages(
                                Message.of(
                                        Role.USER,
                                        List.of(MediaPart.of(Blob.of("audio/wav", new byte[1]))))))
                .hasMessageContaining("audio/wav");
    }

    @Test
    void wishesToCacheAreMarks() throws Exception {
        GenerationRequest request =
                GenerationRequest.chat(
                                "m",
                                List.of(
                                        Message.of(
                                                Role.SYSTEM,
                                                List.of(
                                                        TextPart.of("S")
                                                                .withCacheHint(CacheHint.usual()))),
                                        Message.of(
                                                Role.USER,
                                                List.of(
                                                        TextPart.of("U")
                                                                .withCacheHint(
                                                                        CacheHint.of(
                                                                                Duration.ofHours(
                                                                                        1)))))))
                        .tools(
                                List.of(
                                        Tool.builder("t")
                                                .cacheHint(CacheHint.of(Duration.ofMinutes(5)))
                                                .build()))
                        .build();

        JsonNode body = sent(request);

        assertThat(body.path("system").path(0).path("cache_control"))
                .isEqualTo(json("{'type':'ephemeral'}"));
        assertThat(body.path("messages").path(0).path("content").path(0).path("cache_control"))
                .isEqualTo(json("{'type':'ephemeral','ttl':'1h'}"));
        assertThat(body.path("tools").path(0))
                .isEqualTo(
                        json(
                                "{'name':'t','input_schema':{'type':'object'},'cache_control':{'type':'ephemeral','ttl':'5m'}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "auto     | -     | {'type':'auto'}",
                "required | false | {'type':'any','disable_parallel_tool_use':true}",
                "none     | false | {'type':'none'}",
                "tool     | true  | {'type':'tool','name':'t','disable_parallel_tool_use':false}",
                "-        | false | {'type':'auto','disable_parallel_tool_use':true}"
            })
    void toolsAreChosenInTheApisWords(String mode, Boolean parallel, String expected)
            throws Exception {
        ToolChoice choice =
                mode == null
                        ? null
                        : mode.equals("tool") ? ToolChoice.tool("t") : ToolChoice.of(mode);
        GenerationRequest request =
                hi("m").tools(
                                List.of(
                                        Tool.builder("t")
                                                .description("does")
                                                .parameters(JsonObject.of("type", "object"))
                                                .strict(true)
                                                .build()))
                        .toolChoice(choice)
                        .parallelTools(parallel)
                        .build();

        JsonNode body = sent(request);

        assertThat(body.path("tool_choice")).isEqualTo(json(expected));
        assertThat(body.path("tools").path(0))
                .isEqualTo(
                        json(
                                "{'name':'t','description':'does','input_schema':{'type':'object'},'strict':true}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "claude-haiku-4-5   | -      | 5000 | {'type':'enabled','budget_tokens':5000} | - | 16384",
                "claude-haiku-4-5   | -      | 20000| {'type':'enabled','budget_tokens':20000} | - | 36384",
                "claude-haiku-4-5   | -      | 1    | {'type':'enabled','budget_tokens':1024} | - | 16384",
                "claude-haiku-4-5   | high   | -    | {'type':'enabled','budget_tokens':16384} | - | 32768",
                "claude-3-7-sonnet-20250219 | low | - | {'type':'enabled','budget_tokens':2048} | - | 16384",
                "some-other         | medium | -    | {'type':'enabled','budget_tokens':8192} | - | 16384",
                "claude-opus-4-6    | high   | -    | {'type':'adaptive','display':'summarized'} | high | 16384",
                "claude-sonnet-5    | minimal| -    | {'type':'adaptive','display':'summarized'} | low | 16384",
                "claude-sonnet-5    | -      | -    | {'type':'adaptive','display':'summarized'} | - | 16384",
                "claude-opus-5      | none   | -    | {'type':'disabled'} | - | 16384",
                "claude-haiku-4-5   | -      | 0    | {'type':'disabled'} | - | 16384"
            })
    void wishesToThinkAreToldAsTheModelTakesThem(
            String model, String effort, Integer budget, String thinking, String word, int limit)
            throws Exception {
        ReasoningOptions wanted =
                ReasoningOptions.builder()
                        .effort(effort == null ? null : new ReasoningEffort(effort))
                        .budgetTokens(budget)
                        .build();

        JsonNode body = sent(hi(model).reasoning(wanted).build());

        assertThat(body.path("thinking")).isEqualTo(json(thinking));
        assertThat(body.path("output_config").path("effort").asString(null)).isEqualTo(word);
        assertThat(body.path("max_tokens").asInt()).isEqualTo(limit);
    }

    /** The API refuses the rest, and other APIs' clients send it all the same. */
    @Test
    void whoIsToThinkIsAskedForNothingThatForbidsIt() throws Exception {
        ReasoningOptions high = ReasoningOptions.builder().effort(ReasoningEffort.HIGH).build();
        GenerationRequest.Builder request =
                hi("claude-opus-4-6")
                        .reasoning(high)
                        .sampling(Sampling.builder().temperature(0.7).topP(0.5).topK(40).build());
        JsonNode thinks = sent(request.build());
        assertThat(thinks.at("/thinking/type").stringValue()).isEqualTo("adaptive");
        assertThat(thinks.has("temperature")).isFalse();
        assertThat(thinks.has("top_k")).isFalse();
        assertThat(thinks.path("top_p").doubleValue()).isEqualTo(0.95);

        JsonNode calls =
                sent(
                        request.tools(List.of(Tool.builder("f").build()))
                                .toolChoice(ToolChoice.REQUIRED)
                                .build());
        assertThat(calls.has("thinking")).isFalse();
        assertThat(calls.path("temperature").doubleValue()).isEqualTo(0.7);
        assertThat(calls.at("/tool_choice/type").stringValue()).isEqualTo("any");
    }

    @Test
    void aClientOfThisApiIsTakenAtItsWord() throws Exception {
        JsonObject thinking = JsonObject.of("type", "adaptive");
        JsonNode sent =
                sent(
                        hi("claude-opus-4-6")
                                .reasoning(ReasoningOptions.builder().build())
                                .parameters(
                                        JsonObject.of(
                                                "anthropic", JsonObject.of("thinking", thinking)))
                                .sampling(Sampling.builder().temperature(0.7).build())
                                .tools(List.of(Tool.builder("f").build()))
                                .toolChoice(ToolChoice.REQUIRED)
                                .build());
        assertThat(sent.path("thinking")).isEqualTo(json("{'type':'adaptive'}"));
        assertThat(sent.path("temperature").doubleValue()).isEqualTo(0.7);
    }

    @Test
    void withInterleavedThinkingTheBudgetMayExceedTheLimit() throws Exception {
        JsonNode body =
                sent(
                        hi("claude-opus-4-5")
                                .maxTokens(2000)
                                .reasoning(ReasoningOptions.builder().budgetTokens(9000).build())
                                .build(),
                        Map.of("anthropic_beta", List.of("interleaved-thinking-2025-05-14")));

        assertThat(body.path("max_tokens").asInt()).isEqualTo(2000);
    }

    @Test
    void betaFeaturesOfAClientOfThisApiAreSwitchedOnBesideTheInstances() throws Exception {
        List<String> asked = List.of("one", "interleaved-thinking-2025-05-14", "no,name\r\n", "");
        GenerationRequest request =
                hi("claude-opus-4-5")
                        .maxTokens(2000)
                        .reasoning(ReasoningOptions.builder().budgetTokens(9000).build())
                        .parameters(
                                JsonObject.of("anthropic", JsonObject.of("anthropic_beta", asked))
                                        .with("openai", JsonObject.of("anthropic_beta", asked)))
                        .build();
        try (Provider provider = new Provider(Map.of("anthropic_beta", List.of("one", "two")))) {
            provider.streams(Provider.hello());
            provider.binding().generate(request, new Ear());
            RecordedRequest generated = provider.request();
            provider.answers(200, "{'input_tokens':11}");
            provider.binding().countTokens(request);

            for (RecordedRequest heard : List.of(generated, provider.request())) {
                assertThat(heard.getHeaders().values("anthropic-beta"))
                        .containsExactly("one,two,interleaved-thinking-2025-05-14");
                assertThat(heard.getBody().utf8()).doesNotContain("anthropic_beta");
            }
            assertThat(Json.parse(generated.getBody().utf8()).path("max_tokens").asInt())
                    .isEqualTo(2000);
        }
    }

    @Test
    void aSchemaIsAFormatOfTheOutputAndPlainJsonIsRefused() throws Exception {
        JsonNode body =
                sent(
                        hi("m").responseFormat(
                                        ResponseFormat.jsonSchema(
                                                "answer", JsonObject.of("type", "object")))
                                .build());

        assertThat(body.path("output_config"))
                .isEqualTo(json("{'format':{'type':'json_schema','schema':{'type':'object'}}}"));
        assertThatThrownBy(() -> sent(hi("m").responseFormat(ResponseFormat.JSON).build()))
                .hasMessageContaining("json_schema");
    }

    @Test
    void rawPromptsAreRefused() {
        assertThatThrownBy(() -> sent(GenerationRequest.prompt("m", "Once").build()))
                .hasMessageContaining("chats only");
    }

    @Test
    void thoughtsGoBackToWhoSignedThemAndToNobodyElse() throws Exception {
        JsonObject googles = JsonObject.of("gemini", JsonObject.of("signature", "x"));
        JsonNode sent =
                messages(
                        Message.user("Hi"),
                        Message.of(
                                Role.ASSISTANT,
                                List.of(
                                        ReasoningPart.of("Hm.", "c2ln+/=", false),
                                        ReasoningPart.of("unsigned"),
                                        ReasoningPart.of("", "other", false)
                                                .withProviderData(googles),
                                        ReasoningPart.of("", null, true)
                                                .withProviderData(
                                                        JsonObject.of(
                                                                "anthropic",
                                                                JsonObject.of("data", "b3Bh"))),
                                        OpaquePart.of("openai", "refusal", JsonObject.EMPTY),
                                        OpaquePart.of(
                                                "anthropic",
                                                "server_tool_use",
                                                JsonObject.of("type", "server_tool_use")),
                                        TextPart.of("Yes")
                                                .withProviderData(
                                                        JsonObject.of(
                                                                "anthropic",
                                                                JsonObject.of(
                                                                        "citations",
                                                                        new JsonArray(
                                                                                List.of())))))));

        assertThat(sent.path(1).path("content"))
                .isEqualTo(
                        json(
                                "[{'type':'thinking','thinking':'Hm.','signature':'c2ln+/='},"
                                        + "{'type':'redacted_thinking','data':'b3Bh'},{'type':'server_tool_use'},"
                                        + "{'type':'text','text':'Yes','citations':[]}]"));
    }
}
