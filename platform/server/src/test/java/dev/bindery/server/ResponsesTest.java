package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolChoice;
import dev.bindery.api.ToolResultPart;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What of a request for a response reaches the model, what comes back, and what is refused. */
class ResponsesTest {
    private static final String PATH = "/v1/responses";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        served.router.serve("fake/all", (_, _) -> GenerationResult.of("ok"));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static GenerationRequest asked(String fields) throws Exception {
        served.router.asked.clear();
        RawHttp.Answer answer = served.post(PATH, "{\"model\":\"fake/all\"," + fields + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return served.router.asked.take();
    }

    @Test
    void everyOptionHasItsPlaceAndOthersGoOn() throws Exception {
        GenerationRequest request =
                asked(
                        """
                        "input":"hi","instructions":"be kind","max_output_tokens":9,"temperature":0.5,
                        "top_p":0.9,"reasoning":{"effort":"low"},"parallel_tool_calls":false,
                        "store":false,"user":"u",
                        "tools":[{"type":"function","name":"f","description":"does",
                         "parameters":{"type":"object"},"strict":true}],
                        "tool_choice":{"type":"function","name":"f"},
                        "text":{"format":{"type":"json_schema","name":"n","strict":true,
                         "schema":{"type":"object"}}}
                        """);
        List<Message> messages = request.chat().orElseThrow().messages();
        assertThat(messages).extracting(Message::text).containsExactly("be kind", "hi");
        assertThat(messages).extracting(Message::role).containsExactly(Role.SYSTEM, Role.USER);
        assertThat(request.maxTokens()).hasValue(9);
        assertThat(request.sampling().temperature()).hasValue(0.5);
        assertThat(request.sampling().topP()).hasValue(0.9);
        assertThat(request.reasoning().orElseThrow().effort()).hasValue(ReasoningEffort.LOW);
        assertThat(request.parallelTools()).hasValue(false);
        assertThat(request.tools().getFirst().description()).hasValue("does");
        assertThat(request.tools().getFirst().strict()).isTrue();
        assertThat(request.toolChoice()).hasValue(ToolChoice.tool("f"));
        assertThat(request.responseFormat().kind()).isEqualTo("json_schema");
        assertThat(request.responseFormat().schema()).hasValue(JsonObject.of("type", "object"));
        assertThat(request.parameters()).hasToString("{\"openai\":{\"user\":\"u\"}}");
    }

    @Test
    void howWordyAnAnswerShallBeGoesOnAsInAChat() throws Exception {
        GenerationRequest request =
                asked("\"input\":\"hi\",\"text\":{\"verbosity\":\"low\"},\"user\":\"u\"");
        assertThat(request.parameters().object("openai").fields())
                .containsOnlyKeys("user", "verbosity");
        assertThat(request.parameters().object("openai").text("verbosity")).hasValue("low");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'top_logprobs':2 | 2
                    'include':['message.output_text.logprobs'] | 0
                    'include':['message.output_text.logprobs'],'top_logprobs':3 | 3
                    """)
    void logProbabilitiesAreAskedForAndToldWithTheText(String fields, int alternatives)
            throws Exception {
        TokenLogprob ok = TokenLogprob.builder("ok", -0.5).build();
        served.router.serve(
                "fake/all",
                (_, sink) -> {
                    sink.on(Operation.chunk("ok"));
                    sink.on(Operation.logprobs(List.of(ok)));
                    Candidate answer = Candidate.builder().text("ok").logprobs(List.of(ok)).build();
                    return GenerationResult.of(answer);
                });
        String asking = "\"input\":\"hi\"," + fields.replace('\'', '"');
        assertThat(asked(asking).logprobs()).hasValue(alternatives);
        String told =
                "\"logprobs\":[{\"token\":\"ok\",\"logprob\":-0.5,\"bytes\":[111,107],"
                        + "\"top_logprobs\":[]}]";
        String body = "{\"model\":\"fake/all\"," + asking;
        assertThat(served.post(PATH, body + "}").body()).containsOnlyOnce(told);
        String stream = served.post(PATH, body + ",\"stream\":true}").body();
        assertThat(stream.lines().filter(line -> line.contains(told)))
                .extracting(line -> json(line.substring(6)).get("type").stringValue())
                .containsExactly(
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        served.router.serve("fake/all", (_, _) -> GenerationResult.of("ok"));
    }

    @Test
    void itemsBecomeTurns() throws Exception {
        List<Message> messages =
                asked(
                                """
                                "input":[{"role":"user","content":[{"type":"input_text","text":"see"},
                                 {"type":"input_image","image_url":"data:image/png;base64,AQ==","detail":"low"}]},
                                {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],
                                 "encrypted_content":"xyz"},
                                {"type":"message","role":"assistant","content":[
                                 {"type":"output_text","text":"wait"}]},
                                {"type":"function_call","call_id":"c0","name":"f","arguments":"{}"},
                                {"type":"function_call","call_id":"c1","name":"g","arguments":"{}"},
                                {"type":"function_call_output","call_id":"c0","output":"sunny"},
                                {"type":"function_call_output","call_id":"c1","output":[
                                 {"type":"input_text","text":"noon"}]}]
                                """)
                        .chat()
                        .orElseThrow()
                        .messages();
        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(messages.getFirst().parts(MediaPart.class).getFirst().detail()).hasValue("low");
        assertThat(messages.get(1).parts()).hasSize(4);
        ReasoningPart thought = messages.get(1).parts(ReasoningPart.class).getFirst();
        assertThat(thought.text()).isEqualTo("hm");
        assertThat(thought.providerData())
                .isEqualTo(JsonObject.of("openai", JsonObject.of("encrypted_content", "xyz")));
        assertThat(messages.get(1).parts(ToolCallPart.class))
                .extracting(ToolCallPart::id)
                .containsExactly("c0", "c1");
        assertThat(messages.get(2).parts(ToolResultPart.class))
                .extracting(ToolResultPart::text)
                .containsExactly("sunny", "noon");
    }

    @Test
    void aWholeResponseRepeatsWhatWasAsked() throws Exception {
        RawHttp.Answer answer =
                served.post(
                        PATH,
                        """
                        {"model":"echo/echo","input":"hello there","max_output_tokens":9,
                        "metadata":{"k":"v"},"tools":[{"type":"function","name":"f"}]}
                        """);
        JsonNode response = json(answer);
        assertThat(response.get("object").stringValue()).isEqualTo("response");
        assertThat(response.get("status").stringValue()).isEqualTo("completed");
        assertThat(response.get("error").isNull()).isTrue();
        assertThat(response.get("store").booleanValue()).isFalse();
        assertThat(response.get("max_output_tokens").intValue()).isEqualTo(9);
        assertThat(response.at("/metadata/k").stringValue()).isEqualTo("v");
        assertThat(response.at("/tools/0/name").stringValue()).isEqualTo("f");
        assertThat(response.get("tool_choice").stringValue()).isEqualTo("auto");
        assertThat(response.at("/text/format/type").stringValue()).isEqualTo("text");
        assertThat(response.at("/output/0/content/0/text").stringValue()).isEqualTo("hello there");
        assertThat(response.at("/usage/input_tokens").intValue()).isEqualTo(2);
    }

    @Test
    void partsAreItemsAndThoughtsComeBackUnchanged() throws Exception {
        JsonObject data = JsonObject.of("other", JsonObject.of("k", "v"));
        served.router.serve(
                "fake/model",
                (_, _) ->
                        GenerationResult.of(
                                Candidate.builder()
                                        .parts(
                                                List.of(
                                                        ReasoningPart.of("hm", "sig", false)
                                                                .withProviderData(data),
                                                        TextPart.of("see"),
                                                        ToolCallPart.of("c0", "f", "{}")))
                                        .finishReason(FinishReason.TOOL_CALLS)
                                        .build()));
        JsonNode output =
                json(served.post(PATH, "{\"model\":\"fake/model\",\"input\":\"x\"}")).get("output");
        assertThat(output)
                .extracting(item -> item.get("type").stringValue())
                .containsExactly("reasoning", "message", "function_call");
        assertThat(output.get(2).get("call_id").stringValue()).isEqualTo("c0");
        ReasoningPart back =
                asked("\"input\":" + output)
                        .chat()
                        .orElseThrow()
                        .messages()
                        .getFirst()
                        .parts(ReasoningPart.class)
                        .getFirst();
        assertThat(back.text()).isEqualTo("hm");
        assertThat(back.signature()).hasValue("sig");
        assertThat(back.providerData()).isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "previous_response_id":"r" | previous_response_id | previous_response_id: this server stores nothing; send the whole input
                    "conversation":"c" | conversation | conversation: this server stores nothing; send the whole input
                    "store":true | store | store: this server stores nothing; send false, or leave it out
                    "background":true | background | background: responses are made while the client waits
                    "tools":[{"type":"web_search"}] | tools[0].type | tools[0].type: 'web_search' is a tool that would run here; this server runs none, so send functions
                    "tool_choice":{"type":"mcp"} | tool_choice.type | tool_choice.type: 'mcp' is a tool that would run here; this server runs none, so send functions
                    "text":{"format":{"type":"xml"}} | text.format.type | text.format.type: expected text, json_object or json_schema, found "xml"
                    """)
    void whatCannotBeHonouredIsRefusedByName(String field, String param, String message)
            throws Exception {
        check(
                served.post(PATH, "{\"model\":\"m\",\"input\":\"x\",%s}".formatted(field)),
                param,
                message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"type":"item_reference","id":"i"} | input[0].type | input[0].type: this server stores no items; send the item itself
                    {"type":"web_search_call"} | input[0].type | input[0].type: expected message, function_call, function_call_output or reasoning, found "web_search_call"
                    {"role":"tool","content":"x"} | input[0].role | input[0].role: expected user, assistant, system or developer, found "tool"
                    {"role":"user","content":[{"type":"input_file","file_id":"f"}]} | input[0].content[0].file_data | input[0].content[0].file_data: this server keeps no files, so send the content as a data: URL, or its address
                    """)
    void anItemThatIsNotUnderstoodIsRefused(String item, String param, String message)
            throws Exception {
        check(
                served.post(PATH, "{\"model\":\"m\",\"input\":[%s]}".formatted(item)),
                param,
                message);
    }

    private static void check(RawHttp.Answer answer, String param, String message) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        JsonNode error = json(answer).get("error");
        assertThat(error.get("message").stringValue()).isEqualTo(message);
        assertThat(error.get("param").stringValue()).isEqualTo(param);
    }

    static List<ErrorCode> codes() {
        return ErrorCode.known();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyFailureHasItsStatus(ErrorCode code) throws Exception {
        served.router.serve(
                "fake/fails",
                (_, _) -> {
                    throw new BindingException(code, "it failed");
                });
        for (boolean stream : new boolean[] {true, false}) {
            RawHttp.Answer answer =
                    served.post(
                            PATH,
                            "{\"model\":\"fake/fails\",\"input\":\"x\",\"stream\":%s}"
                                    .formatted(stream));
            assertThat(answer.status()).isEqualTo(code.httpStatus());
            assertThat(json(answer).at("/error/message").stringValue()).isEqualTo("it failed");
        }
    }

    @Test
    void whatWouldBeStoredIsNotThere() throws Exception {
        assertThat(served.get(PATH + "/resp_1").status()).isEqualTo(404);
        assertThat(served.get(PATH).status()).isEqualTo(405);
        assertThat(served.chat(ECHO, "x").status()).isEqualTo(200);
    }
}
