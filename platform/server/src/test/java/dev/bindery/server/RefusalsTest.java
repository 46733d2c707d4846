package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RefusalsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static JsonNode error(RawHttp.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("x-request-id")).isNotEmpty();
        return json(answer).get("error");
    }

    private static String message(String body) throws Exception {
        return error(served.post(CHAT, body), 400).get("message").stringValue();
    }

    @Test
    void whatIsNoJsonIsToldWithItsPlace() throws Exception {
        assertThat(message("{\"model\": \"x\",\n  nonsense}")).contains("line 2, column");
        assertThat(message("{\"model\": \"x\", ")).contains("line 1, column");
        assertThat(message("{} {}")).contains("not JSON");
        assertThat(message("{"))
                .isEqualTo(
                        "the body is not JSON: line 1, column 2: Unexpected end-of-input: expected close marker for Object");
        assertThat(message("")).isEqualTo("the request has no body; it needs a JSON object");
        assertThat(message("[1]")).isEqualTo("the body is a list, not an object");
        assertThat(message("[".repeat(100_000)))
                .isEqualTo(
                        "the body is not JSON: Document nesting depth (65) exceeds the maximum allowed (64)");
        assertThat(message("{} {}"))
                .isEqualTo(
                        "the body is not JSON: line 1, column 4: there is more behind the end of the object");
        assertThat(message("{\"model\": NaN}"))
                .isEqualTo("the body is not JSON: line 1, column 14: Non-standard token 'NaN'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"messages":[{"role":"user","content":"x"}]} | model | model is required
                    {"model":"echo/echo"} | messages | messages is required
                    {"model":"echo/echo","messages":[]} | messages | messages: there is no message; send at least one
                    {"model":"echo/echo","messages":"hi"} | messages | messages: expected a list, found "hi"
                    {"model":7,"messages":[]} | model | model: expected a string, found 7
                    {"model":"m","messages":[{"content":"x"}]} | messages[0].role | messages[0].role is required
                    {"model":"m","messages":[{"role":"user"}]} | messages[0].content | messages[0].content is required
                    {"model":"m","messages":[{"role":"user","content":7}]} | messages[0].content | messages[0].content: expected a string or a list of parts, found 7
                    {"model":"m","messages":[{"role":"user","content":[{"type":"text"}]}]} | messages[0].content[0].text | messages[0].content[0].text is required
                    {"model":"m","messages":[{"role":"user","content":"x"}],"temperature":"hot"} | temperature | temperature: expected a number from 0 to 1000, found "hot"
                    {"model":"m","messages":[{"role":"user","content":"x"}],"top_p":2} | top_p | top_p: expected a number from 0 to 1, found 2
                    {"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":0} | max_tokens | max_tokens: expected a whole number from 1 to 2147483647, found 0
                    {"model":"m","messages":[{"role":"user","content":"x"}],"n":1.5} | n | n: expected a whole number from 1 to 128, found 1.5
                    {"model":"m","messages":[{"role":"user","content":"x"}],"stream":"yes"} | stream | stream: expected true or false, found "yes"
                    {"model":"m","messages":[{"role":"user","content":"x"}],"stop":[1]} | stop[0] | stop[0]: expected a string, found 1
                    {"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"web"}]} | tools[0].type | tools[0].type: expected function, the one kind of tool that this API knows, found "web"
                    {"model":"m","messages":[{"role":"user","content":"\\ud83d"}]} | messages[0].content | messages[0].content: the character 0 is half of a surrogate pair (\\ud83d); send whole characters
                    """)
    void aWrongFieldIsNamedWithWhatWasExpected(String body, String param, String message)
            throws Exception {
        JsonNode error = error(served.post(CHAT, body), 400);
        assertThat(error.get("message").stringValue()).isEqualTo(message);
        assertThat(error.get("param").stringValue()).isEqualTo(param);
        assertThat(error.get("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(error.get("code").isNull()).isTrue();
    }

    /** Jackson takes whole numbers of a thousand digits, and fails where they are to be doubles. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/chat/completions | 'model':'echo/echo','messages':[{'role':'user','content':'x'}],'own':%s
                    /v1/chat/completions | 'model':'echo/echo','messages':[{'role':'user','content':'x'}],'temperature':%s
                    /v1/messages | 'model':'echo/echo','max_tokens':9,'messages':[{'role':'user','content':'x'}],'own':%s
                    /v1/responses | 'model':'echo/echo','input':'x','own':[{'a':%s}]
                    /api/chat | 'model':'echo/echo','messages':[{'role':'user','content':'x'}],'keep_alive':%s
                    /api/chat | 'model':'echo/echo','messages':[{'role':'user','content':'x'}],'options':{'top_p':%s}
                    /lollms_generate | 'model_name':'echo/echo','prompt':'x','own':%s
                    """)
    void aWholeNumberBeyondEveryDoubleIsRefused(String path, String fields) throws Exception {
        String body = "{" + fields.replace('\'', '"').formatted("9".repeat(400)) + "}";
        RawHttp.Answer answer = served.post(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void anUnknownModelIsA404NamingWhatThereIs() throws Exception {
        for (String stream : List.of("true", "false")) {
            RawHttp.Answer answer = served.chat("no/such", "x", "\"stream\":" + stream);
            JsonNode error = error(answer, 404);
            assertThat(error.get("message").stringValue()).contains("no/such", ECHO);
            assertThat(error.get("code").stringValue()).isEqualTo("model_not_found");
            assertThat(error.get("type").stringValue()).isEqualTo("invalid_request_error");
        }
    }

    static List<ErrorCode> codes() {
        return ErrorCode.known();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyFailureHasItsStatusAndTellsWhetherToTryAgain(ErrorCode code) throws Exception {
        served.router.serve(
                "fake/fails",
                (_, _) -> {
                    throw new BindingException(code, "it failed");
                });
        RawHttp.Answer answer = served.chat("fake/fails", "x");
        assertThat(error(answer, code.httpStatus()).get("message").stringValue())
                .isEqualTo("it failed");
        assertThat(answer.header("x-should-retry")).isEqualTo(code.retriable() ? null : "false");
        assertThat(answer.header("Retry-After")).isEqualTo(code.httpStatus() == 429 ? "1" : null);
    }

    @Test
    void unknownPathsAndMethodsAreRefusedInTheApisForm() throws Exception {
        JsonNode unknown = error(served.get("/v1/nothing"), 404);
        assertThat(unknown.get("message").stringValue()).isEqualTo("there is no GET /v1/nothing");
        RawHttp.Answer wrong = served.get(CHAT);
        assertThat(error(wrong, 405).get("code").stringValue()).isEqualTo("method_not_allowed");
        assertThat(wrong.header("Allow")).isEqualTo("POST, OPTIONS");
        assertThat(served.get("/elsewhere").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/v1/chat/completions, /v1/chat/completions",
        "/chat/completions, /v1/chat/completions",
        "/V1/Chat/completions/, /v1/chat/completions",
        "/v1//messages, /v1/messages",
        "/v1/v1/messages, /v1/messages",
        "/openai/v1/embeddings, /v1/embeddings",
        "/v1/api/chat, /api/chat",
        "/chat, /api/chat",
        "/api/generate/, /api/generate"
    })
    void aPathWithAWrongBeginningIsToldTheRightOne(String path, String meant) throws Exception {
        RawHttp.Answer answer = served.post(path, "{}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .contains("there is no POST %s (did you mean %s?)".formatted(path, meant));
        assertThat(served.request("PUT", path).body()).doesNotContain("did you mean");
    }
}
