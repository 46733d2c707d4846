package dev.bindery.binding.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Role;
import dev.bindery.api.Sampling;
import dev.bindery.api.TextPart;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolChoice;
import dev.bindery.api.ToolResultPart;
import java.net.URI;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the provider is asked. */
class RequestTest {
    private static final JsonObject SCHEMA =
            JsonObject.of("type", "object")
                    .with("properties", Map.of("a", Map.of("type", List.of("string", "null"))))
                    .with("additionalProperties", false);

    @Test
    void theKeyIsInAHeaderAndNeverInTheAddress() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(200, Provider.whole("{'text':'x'}", "STOP"));
            provider.generate();

            RecordedRequest request = provider.request();
            assertThat(request.getHeaders().get("x-goog-api-key")).isEqualTo(Provider.KEY);
            assertThat(request.getTarget())
                    .isEqualTo("/v1beta/models/gemini-2.5-flash:generateContent");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../b", "a b", "", "a?b", "/a", "a//b", "x:countTokens"})
    void aNameThatLeadsElsewhereIsNoModel(String model) throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            BindingException e =
                    failure(provider, GenerationRequest.chat(model, List.of(Message.user("x"))));

            assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
            assertThat(provider.server().getRequestCount()).isZero();
        }
    }

    @Test
    void theUsualSeedIsThatOfRequestsThatNameNone() throws Exception {
        assertThat(asked(Map.of("seed", 3), Provider.chat()).at("/generationConfig/seed").asInt())
                .isEqualTo(3);
    }

    @Test
    void aTunedModelKeepsItsFolder() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(200, Provider.whole("{'text':'x'}", "STOP"));
            provider.binding()
                    .generate(
                            GenerationRequest.chat("tunedModels/mine-1", List.of(Message.user("x")))
                                    .build(),
                            GenerationCallback.IGNORE);

            assertThat(provider.request().getTarget())
                    .isEqualTo("/v1beta/tunedModels/mine-1:generateContent");
        }
    }

    @Test
    void instructionsStandApartAndResultsOfParallelCallsTogether() throws Exception {
        JsonNode asked =
                asked(
                        Map.of(),
                        Provider.chat(
                                Message.system("Be brief."),
                                Message.user("x"),
                                Message.of(
                                        Role.ASSISTANT,
                                        List.of(
                                                TextPart.of("ok"),
                                                ToolCallPart.of("1", "f", "{\"a\":1}"),
                                                ToolCallPart.of("2", "g", ""))),
                                Message.of(Role.TOOL, List.of(ToolResultPart.of("1", "{\"r\":2}"))),
                                Message.of(
                                        Role.TOOL,
                                        List.of(
                                                ToolResultPart.of(
                                                        "2",
                                                        null,
                                                        List.of(
                                                                TextPart.of("bad"),
                                                                MediaPart.of(image())),
                                                        true))),
                                Message.of(Role.DEVELOPER, "In German."),
                                Message.user("go on")));

        assertThat(asked)
                .isEqualTo(
                        json(
                                "{'contents':[{'role':'user','parts':[{'text':'x'}]},"
                                        + "{'role':'model','parts':[{'text':'ok'},"
                                        + "{'functionCall':{'name':'f','args':{'a':1},'id':'1'}},"
                                        + "{'functionCall':{'name':'g','args':{},'id':'2'}}]},"
                                        + "{'role':'user','parts':["
                                        + "{'functionResponse':{'name':'f','id':'1','response':{'r':2}}},"
                                        + "{'functionResponse':{'name':'g','id':'2','response':{'error':'bad'},"
                                        + "'parts':[{'inlineData':{'mimeType':'image/png','data':'AQID'}}]}}]},"
                                        + "{'role':'user','parts':[{'text':'go on'}]}],"
                                        + "'systemInstruction':{'parts':[{'text':'Be brief.'},{'text':'In German.'}]}}"));
    }

    @Test
    void mediaGoInlineOrByTheirAddress() throws Exception {
        JsonNode asked =
                asked(
                        Map.of(),
                        Provider.chat(
                                Message.of(
                                        Role.USER,
                                        List.of(
                                                MediaPart.of(image()),
                                                MediaPart.of(
                                                        Blob.of("audio/wav; rate=1", new byte[1])),
                                                MediaPart.of(
                                                        Blob.of("application/pdf", new byte[2])),
                                                MediaPart.of(URI.create("gs://b/film.mp4")),
                                                MediaPart.of(
                                                        URI.create("https://youtu.be/abc"))))));

        assertThat(asked.at("/contents/0/parts"))
                .isEqualTo(
                        json(
                                "[{'inlineData':{'mimeType':'image/png','data':'AQID'}},"
                                        + "{'inlineData':{'mimeType':'audio/wav','data':'AA=='}},"
                                        + "{'inlineData':{'mimeType':'application/pdf','data':'AAA='}},"
                                        + "{'fileData':{'fileUri':'gs://b/film.mp4','mimeType':'video/mp4'}},"
                                        + "{'fileData':{'fileUri':'https://youtu.be/abc'}}]"));
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
                        .seed(4_294_967_297L)
                        .stop(List.of("END"))
                        .minP(0.1)
                        .build();

        JsonNode asked =
                asked(
                        Map.of("max_tokens", 99),
                        Provider.chat().sampling(sampling).logprobs(3).candidates(2));

        assertThat(asked.path("generationConfig"))
                .isEqualTo(
                        json(
                                "{'maxOutputTokens':99,'temperature':0.5,'topP':0.9,'topK':7,'presencePenalty':0.1,"
                                        + "'frequencyPenalty':0.2,'seed':1,'stopSequences':['END'],'candidateCount':2,"
                                        + "'responseLogprobs':true,'logprobs':3}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto|false|{'mode':'AUTO'}",
                "auto|true|{'mode':'VALIDATED'}",
                "none|false|{'mode':'NONE'}",
                "required|false|{'mode':'ANY'}",
                "tool|false|{'mode':'ANY','allowedFunctionNames':['f']}"
            })
    void whichToolsAreCalled(String mode, boolean strict, String config) throws Exception {
        ToolChoice choice = mode.equals("tool") ? ToolChoice.tool("f") : ToolChoice.of(mode);
        Tool tool = Tool.builder("f").description("does").parameters(SCHEMA).strict(strict).build();

        JsonNode asked =
                asked(
                        Map.of("google_tools", List.of("googleSearch")),
                        Provider.chat()
                                .tools(List.of(tool, Tool.builder("g").build()))
                                .toolChoice(choice));

        assertThat(asked.at("/toolConfig/functionCallingConfig")).isEqualTo(json(config));
        assertThat(asked.path("tools"))
                .isEqualTo(
                        json(
                                "[{'functionDeclarations':[{'name':'f','description':'does','parametersJsonSchema':"
                                        + SCHEMA
                                        + "},{'name':'g'}]}]"));
    }

    @Test
    void olderModelsGetTheirFormOfSchemasAndAReferenceIsRefused() throws Exception {
        Map<String, ?> openapi = Map.of("schema_form", "openapi");
        String expected = "{'type':'object','properties':{'a':{'nullable':true,'type':'string'}}}";

        JsonNode asked =
                asked(
                        openapi,
                        Provider.chat()
                                .tools(List.of(Tool.builder("f").parameters(SCHEMA).build()))
                                .responseFormat(ResponseFormat.jsonSchema("n", SCHEMA)));

        assertThat(asked.at("/tools/0/functionDeclarations/0/parameters"))
                .isEqualTo(json(expected));
        assertThat(asked.at("/generationConfig/responseSchema")).isEqualTo(json(expected));
        try (Provider provider = new Provider(openapi)) {
            JsonObject reference = JsonObject.of("$ref", "#/$defs/x");
            BindingException e =
                    failure(
                            provider,
                            Provider.chat()
                                    .responseFormat(ResponseFormat.jsonSchema("n", reference)));
            assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        }
    }

    @Test
    void theFormOfTheAnswer() throws Exception {
        assertThat(
                        asked(Map.of(), Provider.chat().responseFormat(ResponseFormat.JSON))
                                .path("generationConfig"))
                .isEqualTo(json("{'responseMimeType':'application/json'}"));
        assertThat(
                        asked(
                                        Map.of(),
                                        Provider.chat()
                                                .responseFormat(
                                                        ResponseFormat.jsonSchema("n", SCHEMA)))
                                .path("generationConfig"))
                .isEqualTo(
                        json(
                                "{'responseMimeType':'application/json','responseJsonSchema':%s}"
                                        .formatted(SCHEMA)));
    }

    @Test
    void whatTheOperatorWantsOfEveryRequest() throws Exception {
        JsonNode asked =
                asked(
                        Map.of(
                                "safety_settings",
                                Map.of("HARM_CATEGORY_HARASSMENT", "BLOCK_NONE"),
                                "google_tools",
                                List.of("googleSearch", "urlContext")),
                        Provider.chat());

        assertThat(asked.path("safetySettings"))
                .isEqualTo(
                        json("[{'category':'HARM_CATEGORY_HARASSMENT','threshold':'BLOCK_NONE'}]"));
        assertThat(asked.path("tools")).isEqualTo(json("[{'googleSearch':{}},{'urlContext':{}}]"));
    }

    @Test
    void whatOpenAisClientsSayInGooglesWords() throws Exception {
        JsonObject google =
                JsonObject.of("cached_content", "cachedContents/1")
                        .with("thinking_config", Map.of("thinking_budget", 5));
        JsonObject sent =
                JsonObject.of("extra_body", JsonObject.of("google", google))
                        .with("modalities", List.of("text", "image"));

        JsonNode asked = asked(Map.of(), Provider.chat().parameters(JsonObject.of("openai", sent)));

        assertThat(asked.path("cachedContent").asString()).isEqualTo("cachedContents/1");
        assertThat(asked.path("generationConfig"))
                .isEqualTo(
                        json(
                                "{'responseModalities':['TEXT','IMAGE'],'thinkingConfig':{'thinking_budget':5}}"));
    }

    @Test
    void whatCannotBeSentIsSaidSo() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            Message strayResult = Message.of(Role.TOOL, List.of(ToolResultPart.of("9", "x")));
            assertThat(failure(provider, Provider.chat(strayResult)))
                    .hasMessageContaining("9")
                    .returns(ErrorCode.INVALID_REQUEST, BindingException::code);
            Message badCall = Message.of(Role.ASSISTANT, List.of(ToolCallPart.of("1", "f", "[")));
            assertThat(failure(provider, Provider.chat(badCall)).code())
                    .isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(failure(provider, GenerationRequest.prompt("gemini-2.5-flash", "x")).code())
                    .isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(
                            failure(
                                            provider,
                                            Provider.chat()
                                                    .responseFormat(
                                                            ResponseFormat.builder("xml").build()))
                                    .code())
                    .isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(provider.server().getRequestCount()).isZero();
        }
    }

    static JsonNode asked(Map<String, ?> settings, GenerationRequest.Builder request)
            throws Exception {
        try (Provider provider = new Provider(settings)) {
            provider.answers(
                    200,
                    "{'candidates':[{'content':{'parts':[{'text':'x'}]},'finishReason':'STOP'}]}");
            provider.binding().generate(request.build(), GenerationCallback.IGNORE);
            return provider.asked();
        }
    }

    private static BindingException failure(Provider provider, GenerationRequest.Builder request) {
        return catchThrowableOfType(
                BindingException.class,
                () -> provider.binding().generate(request.build(), GenerationCallback.IGNORE));
    }

    static JsonNode json(String json) {
        return dev.bindery.http.Json.parse(json.replace('\'', '"'));
    }

    private static Blob image() {
        return Blob.of("image/png", new byte[] {1, 2, 3});
    }
}
