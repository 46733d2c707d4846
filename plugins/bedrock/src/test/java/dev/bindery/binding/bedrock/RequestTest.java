package dev.bindery.binding.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Blob;
import dev.bindery.api.CacheHint;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RequestTest {
    private static JsonNode sent(GenerationRequest request) throws Exception {
        return sent(request, Map.of());
    }

    private static JsonNode sent(GenerationRequest request, Map<String, ?> settings)
            throws Exception {
        try (Provider provider = new Provider(settings)) {
            provider.answers(200, "{'output':{'message':{'content':[]}},'stopReason':'end_turn'}");
            provider.binding().generate(request, new Ear());
            return provider.asked();
        }
    }

    private static JsonNode messages(Message... messages) throws Exception {
        return sent(GenerationRequest.chat("m", List.of(messages)).build()).path("messages");
    }

    private static GenerationRequest.Builder hi(String model) {
        return GenerationRequest.chat(model, List.of(Message.user("Hi")));
    }

    private static JsonNode json(String quoted) {
        return Json.parse(MockProvider.quoted(quoted));
    }

    @Test
    void theSmallestRequestIsItsMessages() throws Exception {
        assertThat(sent(hi("m").build()))
                .isEqualTo(json("{'messages':[{'role':'user','content':[{'text':'Hi'}]}]}"));
    }

    @Test
    void whatTheContractSaysIsSaidInConversesWords() throws Exception {
        GenerationRequest request =
                GenerationRequest.chat(
                                "anthropic.claude-haiku-4-5-20251001-v1:0",
                                List.of(
                                        Message.system("Be brief."),
                                        Message.user("A"),
                                        Message.user("B"),
                                        Message.assistant(""),
                                        Message.assistant("C")))
                        .maxTokens(5)
                        .sampling(
                                Sampling.builder()
                                        .temperature(1.5)
                                        .topP(0.5)
                                        .topK(3)
                                        .stop(List.of("END"))
                                        .build())
                        .build();

        assertThat(
                        sent(
                                request,
                                Map.of(
                                        "guardrail_id",
                                        "g1",
                                        "additional_fields",
                                        Map.of("anthropic_beta", List.of("b")))))
                .isEqualTo(
                        json(
                                "{'system':[{'text':'Be brief.'}],"
                                        + "'messages':[{'role':'user','content':[{'text':'A'},{'text':'B'}]},{'role':'assistant','content':[{'text':'C'}]}],"
                                        + "'additionalModelRequestFields':{'anthropic_beta':['b'],'top_k':3},"
                                        + "'inferenceConfig':{'maxTokens':5,'temperature':1.0,'topP':0.5,'stopSequences':['END']},"
                                        + "'guardrailConfig':{'guardrailIdentifier':'g1','guardrailVersion':'DRAFT'}}"));
    }

    @Test
    void callsAndTheirResultsAreBlocks() throws Exception {
        JsonNode sent =
                messages(
                        Message.user("Look"),
                        Message.of(
                                Role.ASSISTANT,
                                List.of(
                                        ToolCallPart.of("call.1", "look", "{\"at\":1}"),
                                        ToolCallPart.of("b", "look", "[broken"))),
                        Message.of(
                                Role.TOOL,
                                List.of(
                                        ToolResultPart.of("call.1", "seen"),
                                        ToolResultPart.of(
                                                "b",
                                                null,
                                                List.of(
                                                        MediaPart.of(
                                                                Blob.of("image/jpg", new byte[3]))),
                                                true))),
                        Message.user("And?"));

        assertThat(sent.path(1).path("content"))
                .isEqualTo(
                        json(
                                "[{'toolUse':{'toolUseId':'call_1','name':'look','input':{'at':1}}},"
                                        + "{'toolUse':{'toolUseId':'b','name':'look','input':{'malformed_arguments':'[broken'}}}]"));
        assertThat(sent.path(2))
                .isEqualTo(
                        json(
                                "{'role':'user','content':[{'toolResult':{'toolUseId':'call_1','content':[{'text':'seen'}]}},"
                                        + "{'toolResult':{'toolUseId':'b','content':[{'image':{'format':'jpeg','source':{'bytes':'AAAA'}}}],'status':'error'}},"
                                        + "{'text':'And?'}]}"));
    }

    @Test
    void documentsHaveANameOfTheirOwnAndATextBesideThem() throws Exception {
        JsonNode sent =
                messages(
                        Message.of(
                                Role.USER,
                                List.of(
                                        MediaPart.of(Blob.of("application/pdf", new byte[3]))
                                                .withName("my_file (1).pdf"),
                                        MediaPart.of(Blob.of("text/markdown", new byte[3])))));

        assertThat(sent.path(0).path("content"))
                .isEqualTo(
                        json(
                                "[{'document':{'format':'pdf','name':'my file (1) pdf','source':{'bytes':'AAAA'}}},"
                                        + "{'document':{'format':'md','name':'document (2)','source':{'bytes':'AAAA'}}},"
                                        + "{'text':'See the document.'}]"));
        assertThatThrownBy(() ->
                        messages(
                                Message.of(
                                        Role.USER,
                                        List.of(MediaPart.of(URI.create("https://a.org/b.png"))))))
                .hasMessageContaining("bytes only");
        assertThatThrownBy(() ->
                        messages(
                                Message.of(
                                        Role.USER,
                                        List.of(MediaPart.of(Blob.of("audio/wav", new byte[1]))))))
                .hasMessageContaining("audio/wav");
    }

    @Test
    void wishesToCacheArePoints() throws Exception {
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
                        .tools(List.of(Tool.builder("t").cacheHint(CacheHint.usual()).build()))
                        .build();

        JsonNode body = sent(request);

        assertThat(body.path("system"))
                .isEqualTo(json("[{'text':'S'},{'cachePoint':{'type':'default'}}]"));
        assertThat(body.path("messages").path(0).path("content"))
                .isEqualTo(json("[{'text':'U'},{'cachePoint':{'type':'default','ttl':'1h'}}]"));
        assertThat(body.path("toolConfig").path("tools"))
                .isEqualTo(
                        json(
                                "[{'toolSpec':{'name':'t','inputSchema':{'json':{'type':'object'}}}},{'cachePoint':{'type':'default'}}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto     | {'auto':{}}",
                "required | {'any':{}}",
                "tool     | {'tool':{'name':'t'}}"
            })
    void toolsAreChosenInConversesWords(String mode, String expected) throws Exception {
        ToolChoice choice = mode.equals("tool") ? ToolChoice.tool("t") : ToolChoice.of(mode);
        GenerationRequest request =
                hi("m").tools(
                                List.of(
                                        Tool.builder("t")
                                                .description("does")
                                                .parameters(JsonObject.of("type", "object"))
                                                .strict(true)
                                                .build()))
                        .toolChoice(choice)
                        .build();

        assertThat(sent(request).path("toolConfig"))
                .isEqualTo(
                        json(
                                "{'tools':[{'toolSpec':{'name':'t','description':'does','inputSchema':{'json':{'type':'object'}},'strict':true}}],'toolChoice':%s}"
                                        .formatted(expected)));
    }

    @Test
    void whoMayCallNothingSeesNoToolsUnlessTheConversationHasCalls() throws Exception {
        GenerationRequest.Builder none =
                hi("m").tools(List.of(Tool.builder("t").build())).toolChoice(ToolChoice.NONE);
        assertThat(sent(none.build()).has("toolConfig")).isFalse();

        GenerationRequest called =
                GenerationRequest.chat(
                                "m",
                                List.of(
                                        Message.user("x"),
                                        Message.of(
                                                Role.ASSISTANT,
                                                List.of(ToolCallPart.of("1", "old", "{}"))),
                                        Message.of(
                                                Role.TOOL, List.of(ToolResultPart.of("1", "y")))))
                        .build();
        assertThat(
                        sent(called)
                                .path("toolConfig")
                                .path("tools")
                                .path(0)
                                .path("toolSpec")
                                .path("name")
                                .asString(""))
                .isEqualTo("old");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "us.anthropic.claude-haiku-4-5-20251001-v1:0 | -    | 5000 | {'thinking':{'type':'enabled','budget_tokens':5000}} | 13192",
                "anthropic.claude-haiku-4-5-20251001-v1:0    | high | -    | {'thinking':{'type':'enabled','budget_tokens':16384}} | 24576",
                "anthropic.claude-sonnet-4-20250514-v1:0     | low  | -    | {'thinking':{'type':'enabled','budget_tokens':2048}} | 10240",
                "anthropic.claude-3-7-sonnet-20250219-v1:0   | low  | -    | {'thinking':{'type':'enabled','budget_tokens':2048}} | 10240",
                "anthropic.claude-opus-4-6-v1                | high | -    | {'thinking':{'type':'adaptive'},'output_config':{'effort':'high'}} | -",
                "global.anthropic.claude-sonnet-5            | -    | -    | {'thinking':{'type':'adaptive'}} | -",
                "anthropic.claude-opus-4-6-v1                | none | -    | {'thinking':{'type':'disabled'}} | -",
                "us.amazon.nova-2-lite-v1:0                  | xhigh| -    | {'reasoningConfig':{'type':'enabled','maxReasoningEffort':'high'}} | -",
                "openai.gpt-oss-120b-1:0                     | low  | -    | {'reasoning_effort':'low'} | -",
                "deepseek.r1-v1:0                            | high | -    | - | -"
            })
    void wishesToThinkAreToldAsTheModelsFamilyTakesThem(
            String model, String effort, Integer budget, String fields, Integer limit)
            throws Exception {
        ReasoningOptions wanted =
                ReasoningOptions.builder()
                        .effort(effort == null ? null : new ReasoningEffort(effort))
                        .budgetTokens(budget)
                        .build();

        JsonNode body = sent(hi(model).reasoning(wanted).build());

        assertThat(body.path("additionalModelRequestFields").toString())
                .isEqualTo(fields == null ? "" : MockProvider.quoted(fields));
        assertThat(body.path("inferenceConfig").path("maxTokens").asInt(0))
                .isEqualTo(limit == null ? 0 : limit);
    }

    /** Bedrock refuses the rest, and clients send it all the same. */
    @Test
    void aClaudeThatIsToThinkIsAskedForNothingThatForbidsIt() throws Exception {
        ReasoningOptions high = ReasoningOptions.builder().effort(ReasoningEffort.HIGH).build();
        Sampling sampling = Sampling.builder().temperature(0.7).topP(0.5).topK(40).build();
        JsonNode thinks =
                sent(hi("anthropic.claude-opus-4-6-v1").reasoning(high).sampling(sampling).build());
        assertThat(thinks.path("inferenceConfig").toString()).isEqualTo("{\"topP\":0.95}");
        assertThat(thinks.at("/additionalModelRequestFields/thinking/type").stringValue())
                .isEqualTo("adaptive");
        assertThat(thinks.at("/additionalModelRequestFields").has("top_k")).isFalse();

        JsonNode calls =
                sent(
                        hi("anthropic.claude-opus-4-6-v1")
                                .reasoning(high)
                                .sampling(sampling)
                                .tools(List.of(Tool.builder("f").build()))
                                .toolChoice(ToolChoice.tool("f"))
                                .build());
        assertThat(calls.path("inferenceConfig").toString())
                .isEqualTo("{\"temperature\":0.7,\"topP\":0.5}");
        assertThat(calls.path("additionalModelRequestFields").toString())
                .isEqualTo("{\"top_k\":40}");

        JsonNode other =
                sent(hi("us.amazon.nova-2-lite-v1:0").reasoning(high).sampling(sampling).build());
        assertThat(other.at("/inferenceConfig/temperature").doubleValue()).isEqualTo(0.7);
    }

    @Test
    void aSchemaIsAFormatOfTheTextAndPlainJsonIsRefused() throws Exception {
        JsonNode body =
                sent(
                        hi("m").responseFormat(
                                        ResponseFormat.jsonSchema(
                                                "shape", JsonObject.of("type", "object")))
                                .build());

        assertThat(body.path("outputConfig").toString())
                .isEqualTo(
                        "{\"textFormat\":{\"type\":\"json_schema\",\"structure\":{\"jsonSchema\":"
                                + "{\"name\":\"shape\",\"schema\":\"{\\\"type\\\":\\\"object\\\"}\"}}}}");
        assertThatThrownBy(() -> sent(hi("m").responseFormat(ResponseFormat.JSON).build()))
                .hasMessageContaining("json_schema");
    }

    @Test
    void thoughtsGoBackToWhoSignedThemAndToNobodyElse() throws Exception {
        JsonNode sent =
                messages(
                        Message.user("Hi"),
                        Message.of(
                                Role.ASSISTANT,
                                List.of(
                                        ReasoningPart.of("unsigned"),
                                        ReasoningPart.of("", "other", false)
                                                .withProviderData(
                                                        JsonObject.of("gemini", JsonObject.EMPTY)),
                                        ReasoningPart.of("Hm.", "c2ln", false),
                                        TextPart.of("Yes"))));

        assertThat(sent.path(1).path("content"))
                .isEqualTo(
                        json(
                                "[{'reasoningContent':{'reasoningText':{'text':'Hm.','signature':'c2ln'}}},{'text':'Yes'}]"));
    }

    @Test
    void rawPromptsAreRefused() {
        assertThatThrownBy(() -> sent(GenerationRequest.prompt("m", "Once").build()))
                .hasMessageContaining("chats only");
    }
}
