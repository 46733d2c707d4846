package dev.bindery.binding.openai;

import static dev.bindery.binding.openai.Provider.end;
import static dev.bindery.binding.openai.Provider.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Role;
import dev.bindery.api.Sampling;
import dev.bindery.api.TextPart;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.fixture.TestContext;
import dev.bindery.openai.Providers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The known providers as data: where they are, what they lack, how they want to be asked. */
class ProviderTest {
    private static final String OK =
            "{'choices':[{'index':0,'message':{'content':'ok'},'finish_reason':'stop'}]}";

    @TempDir Path folder;

    static List<String> everyProvider() {
        return Providers.options();
    }

    @Test
    void theCardOffersWhatTheDataFileKnows() {
        assertThat(
                        TestContext.card(OpenAiBinding.class)
                                .settings()
                                .entry("provider")
                                .orElseThrow()
                                .options())
                .containsExactlyElementsOf(Providers.options());
    }

    @Test
    void theReadmeTellsOfEveryProvider() throws Exception {
        String readme = Files.readString(Path.of("README.md"));

        for (String id : Providers.options()) {
            dev.bindery.openai.Provider known = Providers.named(id, "");
            assertThat(readme).contains("`" + id + "`");
            known.keyEnvironment().ifPresent(name -> assertThat(readme).contains(name));
        }
    }

    @ParameterizedTest
    @MethodSource("everyProvider")
    void everyProviderAnswersAChatWholeAndStreamedAndLacksOnlyWhatTheCardHas(String id)
            throws Exception {
        assertThat(TestContext.card(OpenAiBinding.class).capabilities())
                .containsAll(Providers.named(id, "").lacks());
        try (Provider provider = Provider.like(id)) {
            provider.answers(200, OK);
            provider.streams(text("o"), text("k"), end("stop"));

            assertThat(generate(provider, chat().build()).text()).isEqualTo("ok");
            assertThat(generate(provider, chat().streaming(true).build()).text()).isEqualTo("ok");
            assertThat(provider.asked().has("stream_options")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', openai",
        "https://api.openai.com/v1, openai",
        "https://API.groq.com/openai/v1, groq",
        "https://openrouter.ai/api/v1, openrouter",
        "http://127.0.0.1:8080/v1, other",
        "https://gateway.example.org/v1, other",
        "not an address, other"
    })
    void theAddressTellsTheProviderUnlessTheOperatorDoes(String address, String id) {
        assertThat(Providers.named("auto", address).id()).isEqualTo(id);
        assertThat(Providers.named("vllm", address).id()).isEqualTo("vllm");
    }

    @ParameterizedTest
    @CsvSource({
        "perplexity, tools, Perplexity does not support tools",
        "groq, logprobs, Groq does not support log probabilities",
        "groq, candidates, Groq does not support several answers to one request (n)",
        "deepseek, json_schema, DeepSeek does not support JSON schemas",
        "lmstudio, json, LM Studio does not support answers in JSON without a schema",
        "moonshot, completion, Moonshot does not support raw prompts; send a chat",
        "cerebras, images, Cerebras does not support images"
    })
    void whatAProviderLacksIsRefusedByItsNameBeforeItIsAsked(
            String id, String what, String sentence) throws Exception {
        try (Provider provider = Provider.like(id)) {
            BindingException e =
                    catchThrowableOfType(
                            BindingException.class, () -> generate(provider, needing(what)));

            assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(e).hasMessage(sentence);
            assertThat(provider.server().getRequestCount()).isZero();
        }
    }

    private static GenerationRequest needing(String what) {
        return switch (what) {
            case "tools" -> chat().tools(List.of(Tool.builder("t").build())).build();
            case "logprobs" -> chat().logprobs(1).build();
            case "candidates" -> chat().candidates(2).build();
            case "json" -> chat().responseFormat(ResponseFormat.JSON).build();
            case "json_schema" -> chat().responseFormat(schema()).build();
            case "completion" -> GenerationRequest.prompt("m", "Once").build();
            default -> GenerationRequest.chat("m", List.of(picture())).build();
        };
    }

    @Test
    void theModelsOfAProviderClaimNoMoreThanItCanDo() throws Exception {
        try (Provider provider = Provider.like("perplexity")) {
            List<ModelInfo> models = provider.binding().availableModels();

            assertThat(models).extracting(ModelInfo::name).contains("sonar", "sonar-pro");
            assertThat(models.getFirst().capabilities())
                    .contains(Capability.CHAT, Capability.STREAM, Capability.JSON_SCHEMA)
                    .doesNotContain(Capability.TOOLS, Capability.EMBEDDINGS);
            assertThat(provider.server().getRequestCount()).isZero();
        }
    }

    @Test
    void whatOnlyTunesIsLeftOutAndWhatMattersIsRefused() throws Exception {
        Sampling sampling = Sampling.builder().presencePenalty(0.5).temperature(0.1).build();
        GenerationRequest request = chat().sampling(sampling).maxTokens(5).build();

        JsonNode sent = sent("cerebras", request);

        assertThat(sent.has("presence_penalty")).isFalse();
        assertThat(sent.path("temperature").asDouble()).isEqualTo(0.1);
        assertThat(sent.path("max_completion_tokens").asInt()).isEqualTo(5);
        try (Provider provider = Provider.like("groq")) {
            JsonObject bias = JsonObject.of("logit_bias", JsonObject.of("1", 5));
            BindingException e =
                    catchThrowableOfType(
                            BindingException.class,
                            () ->
                                    generate(
                                            provider,
                                            chat().parameters(JsonObject.of("openai", bias))
                                                    .build()));
            assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(e).hasMessage("Groq does not take logit_bias; leave it out");
        }
    }

    @Test
    void mistralHasItsOwnNamesItsOwnIdsAndGoesOnWhereAMessageEnds() throws Exception {
        String id = "call_of_another_provider";
        GenerationRequest request =
                GenerationRequest.chat(
                                "m",
                                List.of(
                                        Message.user("Hi").withName("Ann"),
                                        Message.of(
                                                Role.ASSISTANT,
                                                List.of(
                                                        ToolCallPart.of(id, "f", "{}"),
                                                        ToolCallPart.of("abcDEF123", "g", "{}"))),
                                        Message.of(
                                                Role.TOOL,
                                                List.of(
                                                        ToolResultPart.of(id, "1"),
                                                        ToolResultPart.of("abcDEF123", "2"))),
                                        Message.assistant("The answer is")))
                        .sampling(Sampling.builder().seed(7L).build())
                        .streaming(true)
                        .build();

        JsonNode sent = sent("mistral", request);

        assertThat(sent.path("random_seed").asInt()).isEqualTo(7);
        assertThat(sent.has("seed")).isFalse();
        assertThat(sent.has("stream_options")).isFalse();
        JsonNode messages = sent.path("messages");
        assertThat(messages.path(0).has("name")).isFalse();
        String made = messages.path(1).path("tool_calls").path(0).path("id").asString();
        assertThat(made).matches("[0-9A-Za-z]{9}");
        assertThat(messages.path(2).path("tool_call_id").asString()).isEqualTo(made);
        assertThat(messages.path(3).path("tool_call_id").asString()).isEqualTo("abcDEF123");
        assertThat(messages.path(4).path("prefix").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "openai | HIGH | {'reasoning_effort':'high'}",
                "openrouter | HIGH | {'reasoning':{'effort':'high'}}",
                "openrouter | 3000 | {'reasoning':{'max_tokens':3000}}",
                "openrouter | 0 | {'reasoning':{'effort':'none'}}",
                "deepseek | LOW | {'thinking':{'type':'enabled'}}",
                "moonshot | 0 | {'thinking':{'type':'disabled'}}",
                "dashscope | 3000 | {'enable_thinking':true,'thinking_budget':3000}",
                "dashscope | 0 | {'enable_thinking':false}",
                "mistral | HIGH | {}"
            })
    void everyProviderIsToldInItsWayHowMuchToThink(String id, String measure, String fields)
            throws Exception {
        ReasoningOptions.Builder wanted = ReasoningOptions.builder();
        if (measure.matches("[0-9]+")) {
            wanted.budgetTokens(Integer.parseInt(measure));
        } else {
            wanted.effort(measure.equals("HIGH") ? ReasoningEffort.HIGH : ReasoningEffort.LOW);
        }

        JsonNode sent = sent(id, chat().reasoning(wanted.build()).build());

        JsonNode expected = dev.bindery.http.Json.parse(fields.replace('\'', '"'));
        expected.forEachEntry((name, value) -> assertThat(sent.path(name)).isEqualTo(value));
        assertThat(sent.size()).isEqualTo(2 + expected.size());
    }

    @ParameterizedTest
    @CsvSource({"deepseek, true", "moonshot, true", "groq, false", "openai, false"})
    void earlierThoughtsGoBackToThoseWhoWantThem(String id, boolean back) throws Exception {
        Message said =
                Message.of(
                        Role.ASSISTANT, List.of(ReasoningPart.of("I thought"), TextPart.of("yes")));

        JsonNode sent =
                sent(id, GenerationRequest.chat("m", List.of(said, Message.user("So?"))).build());

        assertThat(sent.path("messages").path(0).path("reasoning_content").asString(""))
                .isEqualTo(back ? "I thought" : "");
    }

    @Test
    void textGenerationInferenceTakesASchemaAsAValue() throws Exception {
        JsonNode sent = sent("tgi", chat().responseFormat(schema()).build());

        assertThat(sent.path("response_format").path("type").asString()).isEqualTo("json_object");
        assertThat(sent.path("response_format").path("value").path("type").asString())
                .isEqualTo("object");
    }

    @Test
    void togetherCountsLogprobsInChatsToo() throws Exception {
        assertThat(sent("together", chat().logprobs(3).build()).path("logprobs").asInt())
                .isEqualTo(3);
    }

    @Test
    void azureHasDeploymentsAVersionAndAHeaderForItsKey() throws Exception {
        try (Provider provider = Provider.like("azure")) {
            provider.answers(200, OK);
            generate(provider, chat().build());

            var request = provider.request();
            assertThat(request.getTarget())
                    .isEqualTo("/v1/openai/deployments/m/chat/completions?api-version=2024-10-21");
            assertThat(request.getHeaders().get("api-key")).isEqualTo("sk-test-key");
            assertThat(request.getHeaders().get("Authorization")).isNull();
            assertThat(provider.binding().availableModels()).isEmpty();

            BindingException e =
                    catchThrowableOfType(
                            BindingException.class,
                            () ->
                                    generate(
                                            provider,
                                            GenerationRequest.chat(
                                                            "../x", List.of(Message.user("Hi")))
                                                    .build()));
            assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        }
    }

    @Test
    void theOperatorsOwnSettingsWinOverTheProviders() throws Exception {
        Map<String, ?> settings =
                Map.of(
                        "provider",
                        "deepseek",
                        "return_reasoning",
                        false,
                        "stream_usage",
                        false,
                        "max_tokens_field",
                        "max_completion_tokens",
                        "forward_parameters",
                        List.of("mine"),
                        "models",
                        List.of("x"));
        try (Provider provider = new Provider(settings)) {
            provider.streams(text("ok"), end("stop"));
            Message said =
                    Message.of(Role.ASSISTANT, List.of(ReasoningPart.of("t"), TextPart.of("yes")));
            generate(
                    provider,
                    GenerationRequest.chat("m", List.of(said, Message.user("So?")))
                            .maxTokens(3)
                            .streaming(true)
                            .parameters(JsonObject.of("openai", JsonObject.of("mine", 1)))
                            .build());

            JsonNode sent = provider.asked();
            assertThat(sent.path("messages").path(0).has("reasoning_content")).isFalse();
            assertThat(sent.has("stream_options")).isFalse();
            assertThat(sent.path("max_completion_tokens").asInt()).isEqualTo(3);
            assertThat(sent.path("mine").asInt()).isEqualTo(1);
            assertThat(provider.binding().listModels()).containsExactly("x");
        }
    }

    @Test
    void aNewProviderIsAddedByDataAlone() throws Exception {
        Path file = folder.resolve("acme.json");
        Files.writeString(
                file,
                """
                {"name": "Acme", "key_header": "X-Acme-Key", "lacks": ["tools"], "think_tags": true,
                 "paths": {"chat": "talk", "models": ""}, "models": ["acme-1"],
                 "renames": {"seed": "dice"}, "metadata": ["sources"]}
                """);
        Map<String, ?> settings = Map.of("provider", "other", "provider_file", file.toString());
        try (Provider provider = new Provider(settings)) {
            provider.answers(
                    200,
                    "{'sources':['a'],'choices':[{'message':{'content':'<think>hm</think>ok'},'finish_reason':'stop'}]}");
            Sampling sampling = Sampling.builder().seed(6L).build();

            GenerationResult result = generate(provider, chat().sampling(sampling).build());

            assertThat(result.text()).isEqualTo("ok");
            assertThat(result.first().reasoning()).isEqualTo("hm");
            assertThat(result.metadata().field("sources")).isPresent();
            assertThat(provider.binding().listModels()).containsExactly("acme-1");
            var request = provider.request();
            assertThat(request.getTarget()).isEqualTo("/v1/talk");
            assertThat(request.getHeaders().get("X-Acme-Key")).isEqualTo("sk-test-key");
            assertThat(request.getBody().utf8()).contains("\"dice\":6");
            assertThat(
                            catchThrowableOfType(
                                    BindingException.class,
                                    () -> generate(provider, needing("tools"))))
                    .hasMessage("Acme does not support tools");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"lack\": []} | there is no field lack; there are: address,",
                "{\"lacks\": \"tools\"} | lacks is to be a list of texts",
                "{\"reasoning_request\": \"loud\"} | reasoning_request is to be one of effort, object",
                "[] | found no JSON object",
                "{nothing | it is no JSON"
            })
    void aFileThatIsWrongIsRefusedWithWhatIsWrong(String content, String why) throws Exception {
        Path file = folder.resolve("wrong.json");
        Files.writeString(file, content);

        BindingException e =
                catchThrowableOfType(
                        BindingException.class,
                        () -> Instance.with(Map.of("provider_file", file.toString())));

        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(e).hasMessageContaining(why).hasMessageContaining(file.toString());
    }

    private static Message picture() {
        return Message.of(
                Role.USER, List.of(MediaPart.of(Blob.of("image/png", new byte[] {1, 2, 3}))));
    }

    private static ResponseFormat schema() {
        return ResponseFormat.jsonSchema("it", JsonObject.of("type", "object"));
    }

    private static JsonNode sent(String id, GenerationRequest request) throws Exception {
        try (Provider provider = Provider.like(id)) {
            provider.answers(200, OK);
            generate(provider, request);
            return provider.asked();
        }
    }

    private static GenerationRequest.Builder chat() {
        return GenerationRequest.chat("m", List.of(Message.user("Hi")));
    }

    private static GenerationResult generate(Provider provider, GenerationRequest request) {
        return provider.binding().generate(request, GenerationCallback.IGNORE);
    }
}
