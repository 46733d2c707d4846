package dev.bindery.binding.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
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
import dev.bindery.http.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the provider is asked. */
class RequestTest {
    private static final JsonObject SCHEMA = JsonObject.of("type", "object");

    @Test
    void theUsualSeedIsThatOfRequestsThatNameNone() throws Exception {
        assertThat(asked(Map.of("seed", 3), Provider.chat()).path("seed").asInt()).isEqualTo(3);
    }

    @Test
    void aBareRequestSaysNothingBeyondWhatWasAsked() throws Exception {
        assertThat(asked(Map.of(), Provider.chat()))
                .isEqualTo(
                        json(
                                "{'model':'command-a-03-2025','messages':[{'role':'user','content':'Hi'}]}"));
    }

    @Test
    void theKeyIsABearerToken() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(200, Provider.whole("x"));
            provider.generate();

            RecordedRequest request = provider.request();
            assertThat(request.getHeaders().get("Authorization"))
                    .isEqualTo("Bearer " + Provider.KEY);
        }
    }

    @Test
    void everyRoleAndResultHasItsMessage() throws Exception {
        JsonNode asked =
                asked(
                        Map.of(),
                        Provider.chat(
                                Message.system("Be brief."),
                                Message.of(Role.DEVELOPER, "In German."),
                                Message.user("x"),
                                Message.of(
                                        Role.ASSISTANT,
                                        List.of(
                                                ReasoningPart.of("another provider's thought"),
                                                TextPart.of("ok"),
                                                ToolCallPart.of("1", "f", "{\"a\":1}"),
                                                ToolCallPart.of("2", "g", ""))),
                                Message.of(
                                        Role.USER,
                                        List.of(
                                                ToolResultPart.of("1", "one"),
                                                ToolResultPart.of("2", "two"),
                                                TextPart.of("go on")))));

        assertThat(asked.path("messages"))
                .isEqualTo(
                        json(
                                "[{'role':'system','content':'Be brief.'},{'role':'system','content':'In German.'},"
                                        + "{'role':'user','content':'x'},"
                                        + "{'role':'assistant','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{\\\"a\\\":1}'}},"
                                        + "{'id':'2','type':'function','function':{'name':'g','arguments':'{}'}}],'content':'ok'},"
                                        + "{'role':'tool','tool_call_id':'1','content':'one'},"
                                        + "{'role':'tool','tool_call_id':'2','content':'two'},"
                                        + "{'role':'user','content':'go on'}]"));
    }

    @Test
    void thoughtsGoBackUnderTheNamesTheyCameBy() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(
                    200,
                    "{'id':'x','finish_reason':'TOOL_CALL','message':{'role':'assistant','tool_plan':'I look.',"
                            + "'content':[{'type':'thinking','thinking':'Hm.'}],"
                            + "'tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}]}}");
            GenerationResult first = provider.generate(Message.user("x"));
            provider.asked();
            provider.answers(200, Provider.whole("ok"));

            provider.generate(Message.user("x"), Message.of(Role.ASSISTANT, first.first().parts()));

            assertThat(provider.asked().at("/messages/1"))
                    .isEqualTo(
                            json(
                                    "{'role':'assistant','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}],"
                                            + "'tool_plan':'I look.','content':[{'type':'thinking','thinking':'Hm.'}]}"));
        }
    }

    @Test
    void imagesAreBlocksAndOtherMediaAreRefused() throws Exception {
        Message message =
                Message.of(
                        Role.USER,
                        List.of(
                                TextPart.of("see"),
                                MediaPart.of(Blob.of("image/png", new byte[] {1}))
                                        .withDetail("low"),
                                MediaPart.of(URI.create("https://h/x.png"))));

        assertThat(asked(Map.of(), Provider.chat(message)).at("/messages/0/content"))
                .isEqualTo(
                        json(
                                "[{'type':'text','text':'see'},"
                                        + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AQ==','detail':'low'}},"
                                        + "{'type':'image_url','image_url':{'url':'https://h/x.png'}}]"));
        MediaPart sound = MediaPart.of(Blob.of("audio/wav", new byte[1]));
        assertUnsupported(Provider.chat(Message.of(Role.USER, List.of(sound))));
        assertUnsupported(
                Provider.chat(
                        Message.of(
                                Role.TOOL,
                                List.of(ToolResultPart.of("1", null, List.of(sound), false)))));
    }

    @Test
    void howToChooseAndHowLongToBe() throws Exception {
        Sampling sampling =
                Sampling.builder()
                        .temperature(0.5)
                        .topP(0.9)
                        .topK(7)
                        .presencePenalty(0.1)
                        .frequencyPenalty(0.2)
                        .seed(5L)
                        .stop(List.of("END"))
                        .minP(0.1)
                        .build();

        JsonNode asked =
                asked(Map.of("max_tokens", 99), Provider.chat().sampling(sampling).logprobs(0));

        assertThat(asked)
                .isEqualTo(
                        json(
                                "{'model':'command-a-03-2025','messages':[{'role':'user','content':'Hi'}],'max_tokens':99,"
                                        + "'temperature':0.5,'p':0.9,'k':7,'presence_penalty':0.1,'frequency_penalty':0.2,"
                                        + "'seed':5,'stop_sequences':['END'],'logprobs':true}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"auto|2|", "none|2|NONE", "required|2|REQUIRED", "tool|1|REQUIRED"})
    void whichToolsAreCalled(String mode, int tools, String sent) throws Exception {
        ToolChoice choice = mode.equals("tool") ? ToolChoice.tool("f") : ToolChoice.of(mode);

        JsonNode asked =
                asked(
                        Map.of("safety_mode", "strict"),
                        Provider.chat().tools(List.of(tool("f"), tool("g"))).toolChoice(choice));

        assertThat(asked.path("tools").size()).isEqualTo(tools);
        assertThat(asked.path("tool_choice").asString(null)).isEqualTo(sent);
        assertThat(asked.path("strict_tools").booleanValue()).isTrue();
        assertThat(asked.has("safety_mode")).isFalse();
        assertThat(asked.at("/tools/0"))
                .isEqualTo(
                        json(
                                "{'type':'function','function':{'name':'f','description':'does',"
                                        + "'parameters':{'type':'object','properties':{}}}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none||{'type':'disabled'}",
                "low||{'type':'enabled','token_budget':1024}",
                "medium||{'type':'enabled','token_budget':8192}",
                "xhigh||{'type':'enabled'}",
                "|0|{'type':'disabled'}",
                "|77|{'type':'enabled','token_budget':77}"
            })
    void howMuchToThink(String effort, Integer budget, String expected) throws Exception {
        ReasoningOptions wanted =
                ReasoningOptions.builder()
                        .effort(effort == null ? null : new ReasoningEffort(effort))
                        .budgetTokens(budget)
                        .build();

        assertThat(asked(Map.of(), Provider.chat().reasoning(wanted)).path("thinking"))
                .isEqualTo(json(expected));
    }

    @Test
    void theFormOfTheAnswer() throws Exception {
        assertThat(
                        asked(Map.of(), Provider.chat().responseFormat(ResponseFormat.JSON))
                                .path("response_format"))
                .isEqualTo(json("{'type':'json_object'}"));
        assertThat(
                        asked(
                                        Map.of(),
                                        Provider.chat()
                                                .responseFormat(
                                                        ResponseFormat.jsonSchema("n", SCHEMA)))
                                .path("response_format"))
                .isEqualTo(json("{'type':'json_object','json_schema':{'type':'object'}}"));
        assertUnsupported(Provider.chat().responseFormat(ResponseFormat.builder("xml").build()));
    }

    @Test
    void whatTheOperatorWantsAndWhatTheClientSaysInCoheresWords() throws Exception {
        Map<String, ?> settings = Map.of("safety_mode", "off", "citation_mode", "fast");
        assertThat(asked(settings, Provider.chat()))
                .isEqualTo(
                        json(
                                "{'model':'command-a-03-2025','messages':[{'role':'user','content':'Hi'}],"
                                        + "'safety_mode':'OFF','citation_options':{'mode':'FAST'}}"));

        JsonObject sent =
                JsonObject.of("documents", List.of("a text"))
                        .with("citation_options", Map.of("mode", "ACCURATE"))
                        .with("other", 1);
        JsonNode asked = asked(settings, Provider.chat().parameters(JsonObject.of("openai", sent)));

        assertThat(asked.path("documents")).isEqualTo(json("['a text']"));
        assertThat(asked.at("/citation_options/mode").asString()).isEqualTo("ACCURATE");
        assertThat(asked.has("safety_mode")).isFalse();
        assertThat(asked.has("other")).isFalse();
    }

    @Test
    void whatCannotBeSentIsSaidSo() throws Exception {
        assertUnsupported(GenerationRequest.prompt("m", "x"));
        assertUnsupported(
                Provider.chat().tools(List.of(tool("f"))).toolChoice(ToolChoice.of("maybe")));
        try (Provider provider = new Provider(Map.of())) {
            BindingException e =
                    failure(
                            provider,
                            Provider.chat()
                                    .tools(List.of(tool("f")))
                                    .toolChoice(ToolChoice.tool("z")));
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        }
    }

    private static Tool tool(String name) {
        return Tool.builder(name).description("does").strict(true).build();
    }

    private static JsonNode asked(Map<String, ?> settings, GenerationRequest.Builder request)
            throws Exception {
        try (Provider provider = new Provider(settings)) {
            provider.answers(200, Provider.whole("x"));
            provider.binding().generate(request.build(), GenerationCallback.IGNORE);
            return provider.asked();
        }
    }

    private static void assertUnsupported(GenerationRequest.Builder request) throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            assertThat(failure(provider, request).code()).isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(provider.server().getRequestCount()).isZero();
        }
    }

    private static BindingException failure(Provider provider, GenerationRequest.Builder request) {
        return catchThrowableOfType(
                BindingException.class,
                () -> provider.binding().generate(request.build(), GenerationCallback.IGNORE));
    }

    private static JsonNode json(String json) {
        return Json.parse(json.replace('\'', '"'));
    }
}
