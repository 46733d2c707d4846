package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a request reaches the model, and what is refused. */
class OllamaRequestTest {
    private static final String CHAT = "/api/chat";
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        served.router.serve(
                "fake/all",
                (_, _) -> GenerationResult.of("ok"),
                Capability.CHAT,
                Capability.REASONING);
        served.router.serve(
                "fake/completes", (_, _) -> GenerationResult.of("ok"), Capability.COMPLETION);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static GenerationRequest asked(String path, String fields) throws Exception {
        served.router.asked.clear();
        RawHttp.Answer answer =
                served.post(path, "{\"model\":\"fake/all\",\"stream\":false," + fields + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return served.router.asked.take();
    }

    private static GenerationRequest chat(String... fields) throws Exception {
        return asked(CHAT, HI + "," + String.join(",", fields));
    }

    private static String refusal(String path, String body, int status) throws Exception {
        RawHttp.Answer answer = served.post(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return json(answer).get("error").stringValue();
    }

    @Test
    void everyOptionHasItsPlaceAndOthersGoOn() throws Exception {
        GenerationRequest request =
                chat(
                        """
                        "options":{"num_predict":8,"temperature":0,"top_k":40.9,"top_p":0.9,"min_p":0.1,
                        "seed":7,"stop":["a","b"],"repeat_penalty":1.1,"repeat_last_n":-1,
                        "presence_penalty":0.5,"frequency_penalty":0.25,"num_ctx":2048,"mirostat":1,"x":[1]}
                        """,
                        "\"future\":true");
        assertThat(request.maxTokens()).hasValue(8);
        assertThat(request.sampling().temperature()).hasValue(0);
        assertThat(request.sampling().topK()).hasValue(40);
        assertThat(request.sampling().topP()).hasValue(0.9);
        assertThat(request.sampling().minP()).hasValue(0.1);
        assertThat(request.sampling().seed()).hasValue(7);
        assertThat(request.sampling().stop()).containsExactly("a", "b");
        assertThat(request.sampling().repeatPenalty()).hasValue(1.1);
        assertThat(request.sampling().repeatLastN()).hasValue(-1);
        assertThat(request.sampling().presencePenalty()).hasValue(0.5);
        assertThat(request.sampling().frequencyPenalty()).hasValue(0.25);
        assertThat(request.parameters().object("ollama").toJava())
                .containsOnlyKeys("num_ctx", "mirostat", "x", "future");
    }

    @ParameterizedTest
    @CsvSource({"-1", "-2", "0"})
    void noLimitOfTokensIsNone(int most) throws Exception {
        assertThat(chat("\"options\":{\"num_predict\":%d,\"seed\":-1}".formatted(most)).maxTokens())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"5m\" | PT5M",
                "\"1h30m\" | PT1H30M",
                "\"1.5s\" | PT1.5S",
                "\"300ms\" | PT0.3S",
                "\"0\" | PT0S",
                "0 | PT0S",
                "3600 | PT1H",
                "-1 | PT-1S",
                "\"-5m\" | PT-1S",
                "1e300 | PT-1S"
            })
    void keepAliveIsSecondsOrADuration(String sent, Duration meant) throws Exception {
        assertThat(chat("\"keep_alive\":" + sent).keepAlive()).hasValue(meant);
    }

    @Test
    void keepAliveGoesWithTextsToBeEmbeddedToo() throws Exception {
        RawHttp.Answer answer =
                served.post(
                        "/api/embed",
                        "{\"model\":\"fake/all\",\"input\":\"a\",\"keep_alive\":\"1h\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(served.router.embedded.take().keepAlive()).hasValue(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"5", "5x", "m", "''", "1.2.3s", "--1s", "'5m '"})
    void whatIsNoDurationIsRefused(String text) throws Exception {
        String body = "{\"model\":\"fake/all\",%s,\"keep_alive\":\"%s\"}".formatted(HI, text);
        assertThat(refusal(CHAT, body, 400)).isEqualTo("time: invalid duration \"" + text + "\"");
    }

    @Test
    void theFormOfTheAnswerIsPassedOn() throws Exception {
        assertThat(chat("\"format\":\"json\"").responseFormat().kind()).isEqualTo("json");
        assertThat(chat("\"format\":\"\"").responseFormat().kind()).isEqualTo("text");
        assertThat(chat("\"format\":{\"type\":\"object\"}").responseFormat().schema().orElseThrow())
                .hasToString("{\"type\":\"object\"}");
    }

    @Test
    void thinkingIsASwitchOrALevel() throws Exception {
        assertThat(chat("\"think\":true").reasoning().orElseThrow().effort()).isEmpty();
        assertThat(chat("\"think\":false").reasoning().flatMap(ReasoningOptions::effort))
                .hasValue(ReasoningEffort.NONE);
        assertThat(chat("\"think\":\"high\"").reasoning().flatMap(ReasoningOptions::effort))
                .hasValue(ReasoningEffort.HIGH);
        assertThat(chat("\"think\":\"max\"").reasoning().flatMap(ReasoningOptions::effort))
                .hasValue(new ReasoningEffort("max"));
        assertThat(
                        refusal(
                                CHAT,
                                "{\"model\":\"echo/echo\",%s,\"think\":\"hard\"}".formatted(HI),
                                400))
                .isEqualTo(
                        "invalid think value: \"hard\" (must be \"high\", \"medium\", \"low\", \"max\", true, or false)");
        assertThat(
                        refusal(
                                CHAT,
                                "{\"model\":\"echo/echo\",%s,\"think\":\"low\"}".formatted(HI),
                                400))
                .isEqualTo("\"echo/echo\" does not support thinking");
        assertThat(
                        served.post(
                                        CHAT,
                                        "{\"model\":\"echo/echo\",%s,\"think\":false}"
                                                .formatted(HI))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aConversationKeepsItsToolCallsImagesAndThoughts() throws Exception {
        String png = "iVBORw0KGgo=";
        GenerationRequest request =
                asked(
                        CHAT,
                        """
                        "messages":[
                        {"role":"system","content":"be kind"},
                        {"role":"user","content":"look","images":["%s"]},
                        {"role":"assistant","content":"","thinking":"hm","tool_calls":[
                          {"function":{"name":"f","arguments":{"a":1}}},
                          {"function":{"name":"g","arguments":{}}},
                          {"id":"mine","function":{"name":"f"}}]},
                        {"role":"tool","tool_name":"g","content":"from g"},
                        {"role":"tool","content":"from f"},
                        {"role":"tool","tool_call_id":"mine","content":"from mine"}],
                        "tools":[{"type":"function","function":{"name":"f","description":"d",
                        "parameters":{"type":"object"}}}]
                        """
                                .formatted(png));
        List<Message> messages = request.chat().orElseThrow().messages();
        MediaPart image = messages.get(1).parts(MediaPart.class).getFirst();
        assertThat(image.blob().orElseThrow().mediaType()).isEqualTo("image/png");
        assertThat(messages.get(2).parts(ReasoningPart.class).getFirst().text()).isEqualTo("hm");
        List<ToolCallPart> calls = messages.get(2).parts(ToolCallPart.class);
        assertThat(calls)
                .extracting(ToolCallPart::arguments)
                .containsExactly("{\"a\":1}", "{}", "{}");
        assertThat(messages.subList(3, 6))
                .extracting(each -> each.parts(ToolResultPart.class).getFirst().callId())
                .containsExactly(calls.get(1).id(), calls.get(0).id(), "mine");
        assertThat(request.tools().getFirst().parameters()).hasToString("{\"type\":\"object\"}");
    }

    @Test
    void aRoleThatSomeTemplatesKnowIsPassedOn() throws Exception {
        assertThat(
                        asked(CHAT, "\"messages\":[{\"role\":\"control\",\"content\":\"think\"}]")
                                .chat()
                                .orElseThrow()
                                .messages())
                .extracting(message -> message.role().name())
                .containsExactly("control");
    }

    @Test
    void aPromptIsAConversationUnlessItIsRaw() throws Exception {
        GenerationRequest asked =
                asked("/api/generate", "\"prompt\":\"hi\",\"system\":\"be kind\"");
        assertThat(asked.chat().orElseThrow().messages())
                .extracting(Message::text)
                .containsExactly("be kind", "hi");
        assertThat(asked("/api/generate", "\"prompt\":\"hi\",\"raw\":true").prompt()).isPresent();
        assertThat(
                        asked("/api/generate", "\"prompt\":\"hi\",\"suffix\":\"end\"")
                                .prompt()
                                .orElseThrow()
                                .suffix())
                .hasValue("end");
        served.router.asked.clear();
        served.post("/api/generate", "{\"model\":\"fake/completes\",\"prompt\":\"hi\"}");
        assertThat(served.router.asked.take().prompt().orElseThrow().text()).hasValue("hi");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"prompt\":\"x\",\"template\":\"{{.}}\" | template:",
                "\"prompt\":\"x\",\"context\":[1,2] | context:",
                "\"prompt\":\"x\",\"raw\":true,\"system\":\"s\" | system:",
                "\"prompt\":\"x\",\"images\":[\"AAAA\"] | images[0]: the bytes are no image",
                "\"prompt\":\"x\",\"images\":[\"!\"] | images[0]: not base64",
                "\"prompt\":\"x\",\"images\":[\"https://a.example/b.png\"] | images[0]: found an address, but this API's images come in base64 only",
                "\"prompt\":\"x\",\"images\":[\"HTTP://a.example/b.png\"] | images[0]: found an address",
                "\"prompt\":\"x\",\"options\":{\"stop\":7} | option \"stop\" must be of type array",
                "\"prompt\":\"x\",\"options\":{\"num_ctx\":\"big\"} | option \"num_ctx\" must be of type int",
                "\"prompt\":\"x\",\"think\":7 | invalid think value: 7",
                "\"prompt\":7 | prompt: expected a string"
            })
    void whatCannotBeHonouredIsRefusedByName(String fields, String message) throws Exception {
        assertThat(refusal("/api/generate", "{\"model\":\"fake/all\"," + fields + "}", 400))
                .startsWith(message);
    }

    @Test
    void nothingToAnswerLoadsAndFrees() throws Exception {
        served.router.memory.clear();
        served.post("/api/generate", "{\"model\":\"echo/echo:latest\"}");
        served.post(CHAT, "{\"model\":\"echo/echo\",\"messages\":[],\"keep_alive\":\"0s\"}");
        served.post(CHAT, "{\"model\":\"echo/echo\",\"messages\":[],\"keep_alive\":\"2m\"}");
        assertThat(served.router.memory)
                .containsExactly("load " + ECHO, "unload " + ECHO, "load " + ECHO + " for PT2M");
    }

    static List<ErrorCode> codes() {
        return ErrorCode.known();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyFailureHasItsStatusAndItsText(ErrorCode code) throws Exception {
        served.router.serve(
                "fake/fails",
                (_, _) -> {
                    throw new BindingException(code, "it failed");
                });
        for (String stream : List.of("true", "false")) {
            String body = "{\"model\":\"fake/fails\",%s,\"stream\":%s}".formatted(HI, stream);
            RawHttp.Answer answer = served.post(CHAT, body);
            assertThat(answer.status()).isEqualTo(code.httpStatus());
            assertThat(answer.body()).isEqualTo("{\"error\":\"it failed\"}");
            assertThat(answer.header("x-should-retry"))
                    .isEqualTo(code.retriable() ? null : "false");
        }
    }

    @Test
    void aBodyAsDeepAsAllowedIsNoFailureOfTheServer() throws Exception {
        String deep = "[".repeat(62) + "]".repeat(62);
        for (String body :
                List.of(
                        "\"x\":" + deep,
                        "\"x\":[" + deep + "]",
                        "\"options\":{\"x\":" + deep + "}")) {
            for (String path : List.of(CHAT, "/v1/chat/completions")) {
                assertThat(
                                served.post(
                                                path,
                                                "{\"model\":\"fake/all\",%s,%s}"
                                                        .formatted(HI, body))
                                        .status())
                        .isIn(200, 400);
            }
        }
    }
}
