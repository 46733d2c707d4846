package dev.bindery.binding.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Caller;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
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
import dev.bindery.http.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What the provider is sent. */
class RequestTest {
    private static final String OK =
            "{'choices':[{'index':0,'message':{'content':'ok'},'finish_reason':'stop'}]}";

    @Test
    void everythingThatIsSaidIsSentAndNothingElse() throws Exception {
        GenerationRequest request =
                chat(Message.user("Hi"))
                        .maxTokens(7)
                        .sampling(
                                Sampling.builder()
                                        .temperature(0.5)
                                        .topP(0.9)
                                        .topK(40)
                                        .presencePenalty(0.1)
                                        .frequencyPenalty(0.2)
                                        .seed(42L)
                                        .stop(List.of("END"))
                                        .build())
                        .candidates(2)
                        .logprobs(3)
                        .reasoning(ReasoningOptions.builder().effort(ReasoningEffort.LOW).build())
                        .streaming(true)
                        .build();

        assertThat(sent(Map.of(), request))
                .isEqualTo(
                        json(
                                """
                                {'model':'m','max_tokens':7,'temperature':0.5,'top_p':0.9,
                                 'presence_penalty':0.1,'frequency_penalty':0.2,'seed':42,'stop':['END'],
                                 'n':2,'stream':true,'stream_options':{'include_usage':true},
                                 'messages':[{'role':'user','content':'Hi'}],
                                 'reasoning_effort':'low','logprobs':true,'top_logprobs':3}
                                """));
        assertThat(sent(Map.of(), chat(Message.user("Hi")).build()))
                .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'Hi'}]}"));
    }

    @Test
    void settingsDecideWhatTheServerKnows() throws Exception {
        Map<String, ?> settings =
                Map.of(
                        "max_tokens",
                        9,
                        "max_tokens_field",
                        "max_completion_tokens",
                        "developer_role",
                        "developer",
                        "extended_sampling",
                        List.of("top_k", "repetition_penalty"),
                        "stream_usage",
                        false);
        GenerationRequest request =
                chat(Message.of(Role.DEVELOPER, "Be brief"))
                        .sampling(Sampling.builder().topK(5).minP(0.1).repeatPenalty(1.1).build())
                        .streaming(true)
                        .build();

        assertThat(sent(settings, request))
                .isEqualTo(
                        json(
                                """
                                {'model':'m','max_completion_tokens':9,'top_k':5,'repetition_penalty':1.1,
                                 'stream':true,'messages':[{'role':'developer','content':'Be brief'}]}
                                """));
        assertThat(sent(Map.of(), request).path("messages").path(0).path("role").stringValue())
                .isEqualTo("system");
    }

    @Test
    void theUsualSeedIsThatOfRequestsThatNameNone() throws Exception {
        assertThat(sent(Map.of("seed", 3), chat(Message.user("Hi")).build()).path("seed").asInt())
                .isEqualTo(3);
        assertThat(sent(Map.of(), chat(Message.user("Hi")).build()).has("seed")).isFalse();
    }

    @Test
    void mediaGoWhereTheyStoodInTheMessage() throws Exception {
        Message message =
                Message.of(
                        Role.USER,
                        List.of(
                                TextPart.of("Look:"),
                                MediaPart.of(Blob.of("image/png", new byte[] {1, 2, 3}))
                                        .withDetail("low"),
                                MediaPart.of(URI.create("https://example.org/a.jpg")),
                                MediaPart.of(Blob.of("audio/x-wav", new byte[] {4})),
                                MediaPart.of(Blob.of("application/pdf", new byte[] {5}))
                                        .withName("a.pdf"),
                                OpaquePart.of(
                                        "openai",
                                        "file",
                                        JsonObject.of(
                                                "type", "file", "file", Map.of("file_id", "f"))),
                                OpaquePart.of("anthropic", "x", JsonObject.of("type", "x"))));

        assertThat(sent(Map.of(), chat(message).build()).path("messages").path(0).path("content"))
                .isEqualTo(
                        json(
                                """
                                [{'type':'text','text':'Look:'},
                                 {'type':'image_url','image_url':{'url':'data:image/png;base64,AQID','detail':'low'}},
                                 {'type':'image_url','image_url':{'url':'https://example.org/a.jpg'}},
                                 {'type':'input_audio','input_audio':{'data':'BA==','format':'wav'}},
                                 {'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,BQ=='}},
                                 {'type':'file','file':{'file_id':'f'}}]
                                """));
    }

    @Test
    void aTurnWithToolsIsWrittenAsTheApiWantsIt() throws Exception {
        Tool tool =
                Tool.builder("weather")
                        .description("Tells the weather")
                        .parameters(JsonObject.of("type", "object"))
                        .strict(true)
                        .build();
        GenerationRequest request =
                chat(
                                Message.of(
                                        Role.ASSISTANT,
                                        List.of(
                                                ReasoningPart.of("Let me see"),
                                                ToolCallPart.of("c1", "weather", "{}"))),
                                Message.of(
                                        Role.USER,
                                        List.of(
                                                ToolResultPart.of("c1", "sunny"),
                                                TextPart.of("And?"))))
                        .tools(List.of(tool))
                        .toolChoice(ToolChoice.tool("weather"))
                        .parallelTools(false)
                        .build();

        assertThat(sent(Map.of("return_reasoning", true), request))
                .isEqualTo(
                        json(
                                """
                                {'model':'m','messages':[
                                  {'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',
                                    'function':{'name':'weather','arguments':'{}'}}],'reasoning_content':'Let me see'},
                                  {'role':'tool','tool_call_id':'c1','content':'sunny'},
                                  {'role':'user','content':'And?'}],
                                 'tools':[{'type':'function','function':{'name':'weather',
                                    'description':'Tells the weather','parameters':{'type':'object'},'strict':true}}],
                                 'tool_choice':{'type':'function','function':{'name':'weather'}},
                                 'parallel_tool_calls':false}
                                """));
        assertThat(sent(Map.of(), request).path("messages").path(0).has("reasoning_content"))
                .isFalse();
    }

    /** The API takes nothing but text from tools. */
    @Test
    void whatToolsShowFollowsTheirResultsAsAUsersMessage() throws Exception {
        MediaPart image = MediaPart.of(Blob.of("image/png", new byte[] {1, 2, 3}));
        Message called =
                Message.of(
                        Role.ASSISTANT,
                        List.of(
                                ToolCallPart.of("c1", "f", "{}"),
                                ToolCallPart.of("c2", "f", "{}")));
        ToolResultPart both =
                ToolResultPart.of("c1", null, List.of(TextPart.of("a"), image), false);
        ToolResultPart alone = ToolResultPart.of("c2", null, List.of(image), false);
        String results =
                """
                {'role':'tool','tool_call_id':'c1','content':'a'},
                {'role':'tool','tool_call_id':'c2','content':'(see below)'},
                {'role':'user','content':[
                  {'type':'text','text':'What the tool call c1 gave:'},
                  {'type':'image_url','image_url':{'url':'data:image/png;base64,AQID'}},
                  {'type':'text','text':'What the tool call c2 gave:'},
                  {'type':'image_url','image_url':{'url':'data:image/png;base64,AQID'}}%s]}
                """;

        assertThat(
                        turns(
                                called,
                                Message.of(Role.TOOL, List.of(both)),
                                Message.of(Role.TOOL, List.of(alone))))
                .isEqualTo(json("[" + results.formatted("") + "]"));
        assertThat(turns(called, Message.of(Role.USER, List.of(both, alone, TextPart.of("And?")))))
                .isEqualTo(json("[" + results.formatted(",{'type':'text','text':'And?'}") + "]"));
        assertThat(
                        turns(
                                called,
                                Message.of(Role.TOOL, List.of(both, alone)),
                                Message.of(Role.ASSISTANT, List.of(TextPart.of("Ah")))))
                .isEqualTo(
                        json(
                                "["
                                        + results.formatted("")
                                        + ",{'role':'assistant','content':'Ah'}]"));
    }

    /** What is sent behind the first message. */
    private static JsonNode turns(Message... messages) throws Exception {
        JsonNode sent = sent(Map.of(), chat(messages).build()).path("messages");
        ((ArrayNode) sent).remove(0);
        return sent;
    }

    @Test
    void theFormOfTheAnswerIsAskedFor() throws Exception {
        ResponseFormat schema = ResponseFormat.jsonSchema("s", JsonObject.of("type", "object"));

        assertThat(format(ResponseFormat.JSON)).isEqualTo(json("{'type':'json_object'}"));
        assertThat(format(schema))
                .isEqualTo(
                        json(
                                "{'type':'json_schema','json_schema':{'name':'s','schema':{'type':'object'},'strict':false}}"));
        assertThat(refusal(chat().responseFormat(ResponseFormat.builder("xml").build()).build()))
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    private static JsonNode format(ResponseFormat format) throws Exception {
        return sent(Map.of(), chat().responseFormat(format).build()).path("response_format");
    }

    @Test
    void onlyParametersThatTheServerKnowsAreForwarded() throws Exception {
        GenerationRequest request =
                chat().parameters(
                                JsonObject.ofMap(
                                        Map.of(
                                                "openai",
                                                Map.of(
                                                        "user", "u1",
                                                        "model", "evil",
                                                        "guided_regex", "a+",
                                                        "x_unknown", 1),
                                                "ollama",
                                                Map.of("store", true))))
                        .build();

        JsonNode body =
                sent(Map.of("forward_parameters", List.of("guided_regex", "model")), request);

        assertThat(body)
                .isEqualTo(json("{'model':'m','messages':[],'user':'u1','guided_regex':'a+'}"));
    }

    @Test
    void aBudgetOfThoughtBecomesAnEffort() throws Exception {
        assertThat(effort(0)).isEqualTo("none");
        assertThat(effort(2048)).isEqualTo("low");
        assertThat(effort(8192)).isEqualTo("medium");
        assertThat(effort(8193)).isEqualTo("high");
    }

    private static String effort(int budget) throws Exception {
        ReasoningOptions options = ReasoningOptions.builder().budgetTokens(budget).build();
        return sent(Map.of(), chat().reasoning(options).build())
                .path("reasoning_effort")
                .stringValue();
    }

    @Test
    void aRawPromptIsACompletion() throws Exception {
        GenerationRequest request =
                GenerationRequest.builder(
                                "m", Prompt.of("def f(").withSuffix("return x").withEcho(true))
                        .maxTokens(5)
                        .logprobs(2)
                        .build();
        GenerationRequest tokens =
                GenerationRequest.builder("m", Prompt.ofTokens(new int[] {1, 2})).build();

        assertThat(sent(Map.of("max_tokens_field", "max_completion_tokens"), request))
                .isEqualTo(
                        json(
                                "{'model':'m','max_tokens':5,'prompt':'def f(','suffix':'return x','echo':true,'logprobs':2}"));
        assertThat(sent(Map.of(), tokens)).isEqualTo(json("{'model':'m','prompt':[1,2]}"));
    }

    @Test
    void whatThisApiCannotExpressIsRefusedBeforeAnythingIsSent() throws Exception {
        Message video =
                Message.of(Role.USER, List.of(MediaPart.of(Blob.of("video/mp4", new byte[] {1}))));
        Tool tool = Tool.builder("t").build();
        GenerationRequest rawWithTools =
                GenerationRequest.builder("m", Prompt.of("x")).tools(List.of(tool)).build();

        assertThat(refusal(chat(video).build())).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(refusal(rawWithTools)).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void theHeadersSayWhoAsksAndWhoPays() throws Exception {
        Map<String, ?> settings =
                Map.of(
                        "organization", "org-1",
                        "project", "proj-1",
                        "extra_headers", Map.of("X-Team", "blue"));
        Caller caller = Caller.builder("req-1").traceparent("00-ab-cd-01").build();

        Headers headers = headers(settings, chat().caller(caller).build());

        assertThat(headers.get("Authorization")).isEqualTo("Bearer sk-test-key");
        assertThat(headers.get("OpenAI-Organization")).isEqualTo("org-1");
        assertThat(headers.get("OpenAI-Project")).isEqualTo("proj-1");
        assertThat(headers.get("X-Team")).isEqualTo("blue");
        assertThat(headers.get("traceparent")).isEqualTo("00-ab-cd-01");
        assertThat(headers.get("X-Client-Request-Id")).isEqualTo("req-1");
    }

    private static GenerationRequest.Builder chat(Message... messages) {
        return GenerationRequest.chat("m", List.of(messages));
    }

    private static JsonNode sent(Map<String, ?> settings, GenerationRequest request)
            throws Exception {
        try (Provider provider = new Provider(settings)) {
            provider.answers(200, OK);
            provider.binding().generate(request, GenerationCallback.IGNORE);
            return provider.asked();
        }
    }

    private static Headers headers(Map<String, ?> settings, GenerationRequest request)
            throws Exception {
        try (Provider provider = new Provider(settings)) {
            provider.answers(200, OK);
            provider.binding().generate(request, GenerationCallback.IGNORE);
            RecordedRequest sent = provider.request();
            assertThat(sent.getTarget()).isEqualTo("/v1/chat/completions");
            return sent.getHeaders();
        }
    }

    private static ErrorCode refusal(GenerationRequest request) throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            BindingException e =
                    catchThrowableOfType(
                            BindingException.class,
                            () -> provider.binding().generate(request, GenerationCallback.IGNORE));
            assertThat(provider.server().getRequestCount()).isZero();
            return e.code();
        }
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
