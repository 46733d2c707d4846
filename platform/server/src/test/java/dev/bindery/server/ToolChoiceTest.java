package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Which of its tools a model may call, in both of OpenAI's APIs. */
class ToolChoiceTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
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

    private static RawHttp.Answer chat(String fields) throws Exception {
        return served.post(
                CHAT,
                """
                {"model":"fake/all","messages":[{"role":"user","content":"x"}],"tools":[
                 {"type":"function","function":{"name":"f"}},
                 {"type":"function","function":{"name":"g"}}],%s}
                """
                        .formatted(fields));
    }

    private static RawHttp.Answer response(String fields) throws Exception {
        return served.post(
                RESPONSES,
                """
                {"model":"fake/all","input":"x","tools":[
                 {"type":"function","name":"f"},{"type":"function","name":"g"}],%s}
                """
                        .formatted(fields));
    }

    private static GenerationRequest asked(RawHttp.Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return served.router.asked.take();
    }

    @ParameterizedTest
    @CsvSource({"auto", "required"})
    void amongSomeToolsIsAChoiceOfTheseAlone(String mode) throws Exception {
        GenerationRequest chat =
                asked(
                        chat(
                                """
                                "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"%s",
                                 "tools":[{"type":"function","function":{"name":"g"}}]}}
                                """
                                        .formatted(mode)));
        GenerationRequest response =
                asked(
                        response(
                                """
                                "tool_choice":{"type":"allowed_tools","mode":"%s",
                                 "tools":[{"type":"function","name":"g"}]}
                                """
                                        .formatted(mode)));
        for (GenerationRequest request : new GenerationRequest[] {chat, response}) {
            assertThat(request.tools()).extracting(Tool::name).containsExactly("g");
            assertThat(request.toolChoice()).hasValue(ToolChoice.of(mode));
        }
    }

    @Test
    void amongNoToolsNoneIsCalled() throws Exception {
        GenerationRequest request =
                asked(
                        response(
                                "\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\","
                                        + "\"tools\":[]}"));
        assertThat(request.tools()).isEmpty();
        assertThat(request.toolChoice()).hasValue(ToolChoice.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"h"}]} | tool_choice.tools[0].name: expected the name of one of the tools, found "h"
                    "tool_choice":{"type":"allowed_tools","mode":"some","tools":[]} | tool_choice.mode: expected auto or required, found "some"
                    "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"mcp","name":"h"}]} | tool_choice.tools[0].type: expected function, found "mcp"
                    "tool_choice":{"type":"file_search"} | tool_choice.type: 'file_search' is a tool that would run here; this server runs none, so send functions
                    "tool_choice":{"type":"custom","name":"f"} | tool_choice.type: 'custom' tools take bare text, which no other API has; send functions
                    """)
    void aChoiceThatCannotBeIsRefused(String fields, String message) throws Exception {
        assertThat(message(response(fields))).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "functions":[{"name":"f"}] | functions: this field of old is not served; send tools in its place
                    "function_call":"auto" | function_call: this field of old is not served; send tool_choice in its place
                    "modalities":["text","audio"] | modalities[1]: this server answers in text; leave audio out
                    """)
    void whatChangesTheAnswerIsNotLeftOutInSilence(String fields, String message) throws Exception {
        assertThat(message(chat(fields))).isEqualTo(message);
    }

    private static String message(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        JsonNode error = json(answer).get("error");
        assertThat(error.get("message").stringValue())
                .startsWith(error.get("param").stringValue() + ": ");
        return error.get("message").stringValue();
    }
}
