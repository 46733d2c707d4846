package dev.bindery.binding.openai;

import static dev.bindery.binding.openai.Provider.end;
import static dev.bindery.binding.openai.Provider.events;
import static dev.bindery.binding.openai.Provider.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.Price;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.Usage;
import dev.bindery.fixture.Ear;
import dev.bindery.http.Json;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Answers in the shapes that the known providers give them, where those are not OpenAI's. */
class ProviderAnswerTest {
    private final Ear ear = new Ear();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 200})
    void thoughtsBetweenTagsAreToldFromTheTextHoweverTheyAreCut(int piece) throws Exception {
        String said = "\\n<think>\\nIs 1 < 2? a</b </thin\\n</think>\\n\\nYes, <think> is a tag.";
        try (Provider provider = Provider.like("novita")) {
            provider.streams(cut(said, piece));

            GenerationResult result = generate(provider);

            assertThat(result.text()).isEqualTo("Yes, <think> is a tag.");
            assertThat(result.first().reasoning()).isEqualTo("\nIs 1 < 2? a</b </thin\n");
            assertThat(ear.text()).isEqualTo(result.text());
            assertThat(heard(OperationType.REASONING)).isEqualTo(result.first().reasoning());
        }
    }

    /** Between the escapes of JSON, so that every event is whole. */
    private static String[] cut(String said, int piece) {
        String plain = said.replace("\\n", "\n");
        List<String> events = new java.util.ArrayList<>();
        for (int from = 0; from < plain.length(); from += piece) {
            String part = plain.substring(from, Math.min(plain.length(), from + piece));
            events.add(text(part.replace("\n", "\\n")));
        }
        events.add(end("stop"));
        return events.toArray(String[]::new);
    }

    @Test
    void aThoughtThatIsNeverClosedAndATextThatOnlyBeginsLikeATagAreNotLost() throws Exception {
        try (Provider provider = Provider.like("novita")) {
            provider.streams(text("<think>so"), text(" far </thi"), end("length"));
            GenerationResult cutOff = generate(provider);
            assertThat(cutOff.text()).isEmpty();
            assertThat(cutOff.first().reasoning()).isEqualTo("so far </thi");

            provider.streams(text("<thi"), end("stop"));
            assertThat(provider.binding().generate(request(true), new Ear()).text())
                    .isEqualTo("<thi");

            provider.streams(text("  a <think>b</think>"), end("stop"));
            assertThat(generate(provider).text()).isEqualTo("  a <think>b</think>");
        }
    }

    @Test
    void tagsAreTextWhereAProviderKeepsItsThoughtsElsewhere() throws Exception {
        try (Provider provider = Provider.like("openai")) {
            provider.streams(text("<think>x</think>y"), end("stop"));

            assertThat(generate(provider).text()).isEqualTo("<think>x</think>y");
        }
    }

    @Test
    void openRoutersBlocksOfReasoningComeBackAsTheyWere() throws Exception {
        GenerationResult result;
        try (Provider provider = Provider.like("openrouter")) {
            provider.streamsRaw(
                    ": OPENROUTER PROCESSING\n\n"
                            + events(
                                    block(
                                            "'type':'reasoning.text','text':'I th','index':0,'format':'a-v1'",
                                            "I th"),
                                    block("'type':'reasoning.text','text':'ink','index':0", "ink"),
                                    block(
                                            "'type':'reasoning.text','signature':'sig=','index':0",
                                            ""),
                                    "{'choices':[{'index':0,'delta':{'content':'','tool_calls':[{'index':0,'id':'c','function':{'name':'f','arguments':'{}'}}]}}]}",
                                    block(
                                            "'type':'reasoning.encrypted','data':'XYZ','id':'e1','index':1",
                                            ""),
                                    end("tool_calls"),
                                    "{'provider':'Acme','choices':[],'usage':{'prompt_tokens':4,'completion_tokens':5,'total_tokens':9,'cost':0.00125}}")
                            + "data: [DONE]\n\n");
            result = generate(provider);
        }

        assertThat(result.first().reasoning()).isEqualTo("I think");
        assertThat(result.first().toolCalls()).hasSize(1);
        assertThat(result.metadata().text("provider")).contains("Acme");
        assertThat(result.metadata().field("cost")).contains(JsonValue.of(0.00125));

        try (Provider provider = Provider.like("openrouter")) {
            JsonNode back = sentBack(provider, result);

            assertThat(back.path("reasoning_details"))
                    .isEqualTo(
                            json(
                                    "[{'type':'reasoning.text','text':'I think','index':0,'format':'a-v1','signature':'sig='},"
                                            + "{'type':'reasoning.encrypted','data':'XYZ','id':'e1','index':1}]"));
            assertThat(back.has("reasoning_content")).isFalse();
        }
        try (Provider provider = Provider.like("openai")) {
            assertThat(sentBack(provider, result).has("reasoning_details")).isFalse();
        }
    }

    private static String block(String detail, String reasoning) {
        return "{'choices':[{'index':0,'delta':{'role':'assistant','content':'','reasoning':'%s','reasoning_details':[{%s}]}}]}"
                .formatted(reasoning, detail);
    }

    private static JsonNode sentBack(Provider provider, GenerationResult result) throws Exception {
        provider.answers(200, "{'choices':[{'message':{'content':'x'}}]}");
        Message said = Message.of(Role.ASSISTANT, result.first().parts());
        provider.binding()
                .generate(
                        GenerationRequest.chat("m", List.of(said, Message.user("Go on"))).build(),
                        new Ear());
        return provider.asked().path("messages").path(0);
    }

    @Test
    void blocksWithoutAWordAreWithheldThoughts() throws Exception {
        try (Provider provider = Provider.like("openrouter")) {
            provider.answers(
                    200,
                    "{'choices':[{'message':{'content':'yes','reasoning':null,'reasoning_details':[{'type':'reasoning.encrypted','data':'Q','id':'r','index':0}]},'finish_reason':'stop'}]}");

            GenerationResult result = generate(provider);

            assertThat(result.text()).isEqualTo("yes");
            assertThat(result.first().parts().getFirst())
                    .isInstanceOfSatisfying(
                            ReasoningPart.class, part -> assertThat(part.redacted()).isTrue());
        }
    }

    @Test
    void mistralThinksInPartsOfItsContent() throws Exception {
        try (Provider provider = Provider.like("mistral")) {
            provider.streams(
                    "{'choices':[{'index':0,'delta':{'content':[{'type':'thinking','thinking':[{'type':'text','text':'hm, '}]}]}}]}",
                    "{'choices':[{'index':0,'delta':{'content':[{'type':'thinking','thinking':[{'type':'text','text':'yes'}]}]}}]}",
                    "{'choices':[{'index':0,'delta':{'content':[{'type':'text','text':'Yes'}]}}]}",
                    text("."),
                    "{'choices':[{'index':0,'delta':{'content':''},'finish_reason':'stop'}],'usage':{'prompt_tokens':3,'completion_tokens':9,'total_tokens':12}}");

            GenerationResult result = generate(provider);

            assertThat(result.text()).isEqualTo("Yes.");
            assertThat(result.first().reasoning()).isEqualTo("hm, yes");
            assertThat(result.usage().orElseThrow().outputTokens()).hasValue(9);
        }
    }

    @Test
    void perplexitysSourcesAreMetadata() throws Exception {
        try (Provider provider = Provider.like("perplexity")) {
            provider.streams(
                    "{'citations':['https://a'],'choices':[{'index':0,'delta':{'content':'<think>'}}]}",
                    text("look</think>"),
                    text("Found [1]."),
                    "{'citations':['https://a','https://b'],'search_results':[{'title':'A','url':'https://a'}],'choices':[{'index':0,'delta':{},'finish_reason':'stop'}],'usage':{'prompt_tokens':1,'completion_tokens':2,'total_tokens':3,'cost':{'total_cost':0.006}}}");

            GenerationResult result = generate(provider);

            assertThat(result.text()).isEqualTo("Found [1].");
            assertThat(result.metadata().field("citations").orElseThrow())
                    .isEqualTo(JsonValue.of(List.of("https://a", "https://b")));
            assertThat(result.metadata().field("search_results")).isPresent();
            assertThat(result.metadata().field("cost")).contains(JsonValue.of(0.006));
        }
    }

    @Test
    void tokensAreCountedWhereverTheyStand() throws Exception {
        assertThat(
                        usage(
                                "deepseek",
                                "{'usage':{'prompt_tokens':9,'completion_tokens':2,'prompt_cache_hit_tokens':6,'prompt_cache_miss_tokens':3},"))
                .satisfies(usage -> assertThat(usage.cacheReadTokens()).hasValue(6));
        assertThat(
                        usage(
                                "moonshot",
                                "{'usage':{'prompt_tokens':9,'completion_tokens':2,'cached_tokens':5},"))
                .satisfies(usage -> assertThat(usage.cacheReadTokens()).hasValue(5));
        Usage apart =
                usage(
                        "xai",
                        "{'usage':{'prompt_tokens':32,'completion_tokens':9,'total_tokens':135,'completion_tokens_details':{'reasoning_tokens':94}},");
        assertThat(apart.outputTokens()).hasValue(103);
        assertThat(apart.reasoningTokens()).hasValue(94);
        Usage within =
                usage(
                        "openai",
                        "{'usage':{'prompt_tokens':32,'completion_tokens':103,'total_tokens':135,'completion_tokens_details':{'reasoning_tokens':94}},");
        assertThat(within.outputTokens()).hasValue(103);
    }

    private static Usage usage(String id, String head) throws Exception {
        try (Provider provider = Provider.like(id)) {
            provider.answers(200, head + "'choices':[{'message':{'content':'x'}}]}");
            return provider.binding().generate(request(false), new Ear()).usage().orElseThrow();
        }
    }

    @Test
    void streamsMayCountInTheLastChoiceOrBesideIt() throws Exception {
        try (Provider provider = Provider.like("moonshot")) {
            provider.streams(
                    text("hi"),
                    "{'choices':[{'index':0,'delta':{},'finish_reason':'stop','usage':{'prompt_tokens':19,'completion_tokens':13,'total_tokens':32}}]}");
            assertThat(generate(provider).usage().orElseThrow().inputTokens()).hasValue(19);
        }
        try (Provider provider = Provider.like("groq")) {
            provider.streams(
                    text("hi"),
                    "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}],'x_groq':{'id':'req_1','usage':{'prompt_tokens':7,'completion_tokens':1}}}");
            assertThat(generate(provider).usage().orElseThrow().inputTokens()).hasValue(7);
        }
    }

    @Test
    void keepAlivesOfEveryKindAreSilence() throws Exception {
        try (Provider provider = Provider.like("deepseek")) {
            provider.streamsRaw(
                    ": keep-alive\n\n: keep-alive\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n"
                            + events(text("ok"), end("insufficient_system_resource"))
                            + "data: [DONE]\n\n");

            GenerationResult result = generate(provider);

            assertThat(result.text()).isEqualTo("ok");
            assertThat(result.first().finishReason())
                    .isEqualTo(new FinishReason("insufficient_system_resource"));
        }
    }

    @Test
    void errorsOfEveryProviderKeepTheirMeaning() throws Exception {
        assertError(
                "azure",
                404,
                "{'error':{'code':'DeploymentNotFound','message':'The API deployment for this resource does not exist.'}}",
                ErrorCode.MODEL_NOT_FOUND);
        assertError(
                "azure",
                400,
                "{'error':{'code':'content_filter','message':'filtered','innererror':{'code':'ResponsibleAIPolicyViolation'}}}",
                ErrorCode.CONTENT_FILTERED);
        assertError(
                "mistral",
                422,
                "{'object':'error','message':{'detail':[{'type':'extra_forbidden','loc':['body','x']}]},'type':'invalid_request_error'}",
                ErrorCode.INVALID_REQUEST);
        assertError(
                "deepseek",
                402,
                "{'error':{'message':'Insufficient Balance','type':'unknown_error'}}",
                ErrorCode.UPSTREAM_AUTHENTICATION);
        assertError(
                "lmstudio",
                400,
                "{'error':'context length exceeded'}",
                ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertError(
                "llama-server",
                503,
                "{'error':{'code':503,'message':'Loading model','type':'unavailable_error'}}",
                ErrorCode.UPSTREAM_UNAVAILABLE);
        assertError(
                "vllm",
                400,
                "{'object':'error','message':'This model maximum context length is 4096 tokens.','type':'BadRequestError','code':400}",
                ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertError(
                "tgi",
                429,
                "{'error':'Model is overloaded','error_type':'overloaded'}",
                ErrorCode.RATE_LIMITED);
        assertError("groq", 500, "<html><title>Bad day</title></html>", ErrorCode.UPSTREAM_ERROR);
    }

    private void assertError(String id, int status, String body, ErrorCode code) throws Exception {
        try (Provider provider = Provider.like(id)) {
            provider.answers(status, body);

            BindingException e =
                    catchThrowableOfType(BindingException.class, () -> generate(provider));

            assertThat(e.code()).as(id + " " + body).isEqualTo(code);
        }
    }

    @Test
    void anErrorInMidStreamOfOpenRouterIsAnError() throws Exception {
        try (Provider provider = Provider.like("openrouter")) {
            provider.streamsRaw(
                    events(
                            text("half"),
                            "{'error':{'code':502,'message':'Provider disconnected'},'choices':[{'index':0,'delta':{'content':''},'finish_reason':'error'}]}"));

            BindingException e =
                    catchThrowableOfType(BindingException.class, () -> generate(provider));

            assertThat(e).hasMessageContaining("Provider disconnected");
        }
    }

    @Test
    void listsOfModelsComeInSeveralShapes() throws Exception {
        try (Provider provider = Provider.like("together")) {
            provider.answers(200, "[{'id':'a/b','type':'chat','context_length':8192}]");
            assertThat(provider.binding().availableModels().getFirst().contextLength())
                    .hasValue(8192);
        }
        try (Provider provider = Provider.like("novita")) {
            provider.answers(200, "{'data':[{'id':'x','context_size':4096,'title':'X'}]}");
            assertThat(provider.binding().availableModels().getFirst().contextLength())
                    .hasValue(4096);
        }
    }

    @Test
    void openRoutersListTellsWhatATokenCosts() throws Exception {
        try (Provider provider = Provider.like("openrouter")) {
            provider.answers(
                    200,
                    "{'data':[{'id':'a/b','pricing':{'prompt':'0.00000015','completion':'0.0000006','input_cache_read':'0.000000075'}},"
                            + "{'id':'openrouter/auto','pricing':{'prompt':'-1','completion':'-1'}},{'id':'c/free','pricing':{'prompt':'0','completion':'0'}},{'id':'d'}]}");

            List<ModelInfo> models = provider.binding().availableModels();

            Price price = models.getFirst().price().orElseThrow();
            assertThat(price.currency()).isEqualTo("USD");
            assertThat(price.input()).hasValue(0.15);
            assertThat(price.cachedInput()).hasValue(0.075);
            assertThat(price.output()).hasValue(0.6);
            assertThat(models.get(1).price()).as("it depends").isEmpty();
            assertThat(models.get(2).price().orElseThrow().input()).hasValue(0);
            assertThat(models.get(3).price()).isEmpty();
        }
    }

    private String heard(OperationType type) {
        return ear.operations(type).stream().map(Operation::text).collect(Collectors.joining());
    }

    private GenerationResult generate(Provider provider) {
        return provider.binding().generate(request(true), ear);
    }

    private static GenerationRequest request(boolean streaming) {
        return GenerationRequest.chat("m", List.of(Message.user("Hi")))
                .streaming(streaming)
                .build();
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
