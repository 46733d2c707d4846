package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bindery.api.Candidate;
import dev.bindery.api.Capability;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolChoice;
import dev.bindery.api.ToolResultPart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What of a request reaches the model, and what is refused. */
class AnthropicRequestTest {
    private static final String PATH = "/v1/messages";
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
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static GenerationRequest asked(String fields) throws Exception {
        return asked("fake/all", fields);
    }

    private static GenerationRequest asked(String model, String fields) throws Exception {
        served.router.asked.clear();
        RawHttp.Answer answer =
                served.post(
                        PATH, "{\"model\":\"%s\",\"max_tokens\":50,%s}".formatted(model, fields));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return served.router.asked.take();
    }

    private static List<Message> messages(String messages) throws Exception {
        return asked("\"messages\":" + messages).chat().orElseThrow().messages();
    }

    @Test
    void everyOptionHasItsPlaceAndOthersGoOn() throws Exception {
        GenerationRequest request =
                asked(
                        HI
                                + """
                                ,"temperature":0.5,"top_p":0.9,"top_k":40,"stop_sequences":["a","b"],
                                "metadata":{"user_id":"u"},"service_tier":"auto","stream":false
                                """);
        assertThat(request.maxTokens()).hasValue(50);
        assertThat(request.sampling().temperature()).hasValue(0.5);
        assertThat(request.sampling().topP()).hasValue(0.9);
        assertThat(request.sampling().topK()).hasValue(40);
        assertThat(request.sampling().stop()).containsExactly("a", "b");
        assertThat(request.streaming()).isFalse();
        assertThat(request.parameters())
                .hasToString(
                        "{\"anthropic\":{\"metadata\":{\"user_id\":\"u\"},"
                                + "\"service_tier\":\"auto\"}}");
    }

    @Test
    void instructionsAreATextOrBlocksWithTheirCacheHints() throws Exception {
        Message text =
                asked("\"system\":\"be kind\"," + HI).chat().orElseThrow().messages().getFirst();
        assertThat(text.role()).isEqualTo(Role.SYSTEM);
        assertThat(text.text()).isEqualTo("be kind");
        Message blocks =
                asked(
                                """
                                "system":[{"type":"text","text":"a"},
                                {"type":"text","text":"b","cache_control":{"type":"ephemeral","ttl":"1h"}}],
                                """
                                        + HI)
                        .chat()
                        .orElseThrow()
                        .messages()
                        .getFirst();
        assertThat(blocks.text()).isEqualTo("ab");
        assertThat(blocks.parts().getFirst().cacheHint()).isEmpty();
        assertThat(blocks.parts().getLast().cacheHint().orElseThrow().timeToLive())
                .hasValue(Duration.ofHours(1));
    }

    @Test
    void imagesAndDocumentsComeByTheirBytes() throws Exception {
        List<Part> parts =
                messages(
                                """
                                [{"role":"user","content":[
                                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQI="},
                                 "cache_control":{"type":"ephemeral"}},
                                {"type":"image","source":{"type":"url","url":"data:image/gif;base64,AQ=="}},
                                {"type":"document","title":"T","source":
                                 {"type":"base64","media_type":"application/pdf","data":"AQ=="}},
                                {"type":"document","source":
                                 {"type":"text","media_type":"text/plain","data":"plain"}},
                                {"type":"text","text":"what is it?"},
                                {"type":"container_upload","file_id":"f"}]}]
                                """)
                        .getFirst()
                        .parts();
        MediaPart image = (MediaPart) parts.getFirst();
        assertThat(image.blob().orElseThrow().mediaType()).isEqualTo("image/png");
        assertThat(image.blob().orElseThrow().bytes()).containsExactly(1, 2);
        assertThat(image.cacheHint()).isPresent();
        assertThat(((MediaPart) parts.get(1)).blob().orElseThrow().mediaType())
                .isEqualTo("image/gif");
        assertThat(((MediaPart) parts.get(2)).name()).hasValue("T");
        assertThat(((MediaPart) parts.get(2)).blob().orElseThrow().mediaType())
                .isEqualTo("application/pdf");
        assertThat(((MediaPart) parts.get(3)).blob().orElseThrow().bytes())
                .isEqualTo("plain".getBytes(StandardCharsets.UTF_8));
        OpaquePart other = (OpaquePart) parts.get(5);
        assertThat(other.dialect()).isEqualTo("anthropic");
        assertThat(other.kind()).isEqualTo("container_upload");
    }

    @Test
    void callsAndResultsBecomeTurnsOfTheirOwn() throws Exception {
        List<Message> messages =
                messages(
                        """
                        [{"role":"user","content":"x"},
                         {"role":"assistant","content":[
                          {"type":"text","text":"wait"},
                          {"type":"tool_use","id":"c0","name":"f","input":{"a":[1, 2.50],"b":"é"}},
                          {"type":"tool_use","id":"c1","name":"g","input":{}}]},
                         {"role":"user","content":[
                          {"type":"tool_result","tool_use_id":"c0","content":"sunny"},
                          {"type":"tool_result","tool_use_id":"c1","is_error":true,"content":[
                           {"type":"text","text":"broken"},
                           {"type":"image","source":
                            {"type":"base64","media_type":"image/png","data":"AQ=="}}]},
                          {"type":"tool_result","tool_use_id":"c2"},
                          {"type":"text","text":"and now?"}]}]
                        """);
        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER);
        ToolCallPart call = messages.get(1).parts(ToolCallPart.class).getFirst();
        assertThat(call.id()).isEqualTo("c0");
        assertThat(call.name()).isEqualTo("f");
        assertThat(call.arguments()).isEqualTo("{\"a\":[1,2.5],\"b\":\"é\"}");
        List<ToolResultPart> results = messages.get(2).parts(ToolResultPart.class);
        assertThat(results)
                .extracting(ToolResultPart::callId, ToolResultPart::text, ToolResultPart::isError)
                .containsExactly(
                        tuple("c0", "sunny", false),
                        tuple("c1", "broken", true),
                        tuple("c2", "", false));
        assertThat(results.getFirst().name()).hasValue("f");
        assertThat(results.get(1).parts()).hasSize(2);
        assertThat(messages.get(3).text()).isEqualTo("and now?");
    }

    @Test
    void toolsAndTheirChoice() throws Exception {
        String tools =
                """
                ,"tools":[{"name":"f","description":"does","input_schema":{"type":"object"}},
                {"type":"custom","name":"g","input_schema":{"type":"object"},"strict":true,
                 "cache_control":{"type":"ephemeral","ttl":"5m"}}]
                """;
        GenerationRequest request =
                asked(
                        HI
                                + tools
                                + ",\"tool_choice\":{\"type\":\"any\","
                                + "\"disable_parallel_tool_use\":true}");
        assertThat(request.tools()).extracting(Tool::name).containsExactly("f", "g");
        assertThat(request.tools().getFirst().description()).hasValue("does");
        assertThat(request.tools().getFirst().parameters())
                .isEqualTo(JsonObject.of("type", "object"));
        assertThat(request.tools().getLast().strict()).isTrue();
        assertThat(request.tools().getLast().cacheHint().orElseThrow().timeToLive())
                .hasValue(Duration.ofMinutes(5));
        assertThat(request.toolChoice()).hasValue(ToolChoice.REQUIRED);
        assertThat(request.parallelTools()).hasValue(false);
        assertThat(choice("{\"type\":\"auto\"}")).isEqualTo(ToolChoice.AUTO);
        assertThat(choice("{\"type\":\"none\"}")).isEqualTo(ToolChoice.NONE);
        assertThat(choice("{\"type\":\"tool\",\"name\":\"f\"}")).isEqualTo(ToolChoice.tool("f"));
    }

    private static ToolChoice choice(String choice) throws Exception {
        return asked(HI + ",\"tool_choice\":" + choice).toolChoice().orElseThrow();
    }

    @Test
    void thinkingHasABudgetOrAnEffort() throws Exception {
        ReasoningOptions budget =
                asked(HI + ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}")
                        .reasoning()
                        .orElseThrow();
        assertThat(budget.budgetTokens()).hasValue(1024);
        assertThat(budget.includeThoughts()).isTrue();
        ReasoningOptions effort =
                asked(
                                HI
                                        + ",\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"},"
                                        + "\"output_config\":{\"effort\":\"low\"}")
                        .reasoning()
                        .orElseThrow();
        assertThat(effort.effort()).hasValue(ReasoningEffort.LOW);
        assertThat(effort.includeThoughts()).isFalse();
        assertThat(asked(HI + ",\"thinking\":{\"type\":\"disabled\"}").reasoning().orElseThrow())
                .extracting(options -> options.effort().orElseThrow())
                .isEqualTo(ReasoningEffort.NONE);
        assertThat(asked(HI).reasoning()).isEmpty();
    }

    @Test
    void aModelThatCannotThinkIsNotAskedTo() throws Exception {
        GenerationRequest request =
                asked(ECHO, HI + ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}");
        assertThat(request.reasoning()).isEmpty();
    }

    @Test
    void anAnswerCanHaveASchema() throws Exception {
        for (String field : List.of("\"output_config\":{\"format\":%s}", "\"output_format\":%s")) {
            GenerationRequest request =
                    asked(
                            HI
                                    + ","
                                    + field.formatted(
                                            "{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}"));
            assertThat(request.responseFormat().kind()).isEqualTo("json_schema");
            assertThat(request.responseFormat().schema()).hasValue(JsonObject.of("type", "object"));
        }
    }

    @Test
    void thoughtsComeBackAsTheyWereGiven() throws Exception {
        List<ReasoningPart> thoughts =
                messages(
                                """
                                [{"role":"assistant","content":[
                                 {"type":"thinking","thinking":"hm","signature":"c2ln"},
                                 {"type":"thinking","thinking":"so","signature":""},
                                 {"type":"thinking","thinking":"x","signature":"bindery.no"},
                                 {"type":"redacted_thinking","data":"hidden"}]}]
                                """)
                        .getFirst()
                        .parts(ReasoningPart.class);
        assertThat(thoughts).extracting(ReasoningPart::text).containsExactly("hm", "so", "x", "");
        assertThat(thoughts.getFirst().signature()).hasValue("c2ln");
        assertThat(thoughts.get(1).signature()).isEmpty();
        assertThat(thoughts.get(2).signature()).hasValue("bindery.no");
        assertThat(thoughts.get(3).redacted()).isTrue();
        assertThat(thoughts.get(3).providerData())
                .isEqualTo(JsonObject.of("anthropic", JsonObject.of("data", "hidden")));
    }

    @Test
    void whateverAProviderAttachedSurvivesTheWayToTheClientAndBack() throws Exception {
        JsonObject data = JsonObject.of("other", JsonObject.of("secret", "é", "n", 7));
        List<Part> given =
                List.of(
                        ReasoningPart.of("open", "sig", false).withProviderData(data),
                        ReasoningPart.of("unsigned").withProviderData(data),
                        ReasoningPart.of("", "sig", true).withProviderData(data));
        served.router.serve(
                "fake/thinks",
                (_, _) -> GenerationResult.of(Candidate.builder().parts(given).build()));
        JsonNode content =
                json(served.post(PATH, Served.chatBody("fake/thinks", "x", "\"max_tokens\":5")))
                        .get("content");
        assertThat(content.get(2).get("type").stringValue()).isEqualTo("redacted_thinking");
        List<ReasoningPart> back =
                messages("[{\"role\":\"assistant\",\"content\":%s}]".formatted(content))
                        .getFirst()
                        .parts(ReasoningPart.class);
        for (int i = 0; i < given.size(); i++) {
            ReasoningPart thought = (ReasoningPart) given.get(i);
            assertThat(back.get(i).text()).isEqualTo(thought.text());
            assertThat(back.get(i).signature()).isEqualTo(thought.signature());
            assertThat(back.get(i).redacted()).isEqualTo(thought.redacted());
            assertThat(back.get(i).providerData()).isEqualTo(data);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"messages":[{"role":"user","content":"x"}],"max_tokens":5} | model is required
                    {"model":"m","messages":[{"role":"user","content":"x"}]} | max_tokens is required
                    {"model":"m","max_tokens":0,"messages":[{"role":"user","content":"x"}]} | max_tokens: expected a whole number from 1 to 2147483647, found 0
                    {"model":"m","max_tokens":5} | messages is required
                    {"model":"m","max_tokens":5,"messages":[]} | messages: there is no message; send at least one
                    {"model":"m","max_tokens":5,"messages":[{"role":"tool","content":"x"}]} | messages[0].role: expected user or assistant, found "tool"
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":7}]} | messages[0].content: expected a string or a list of content blocks, found 7
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]}]} | messages[0].content[0].source.file_id: this server keeps no files; send the content itself, as base64
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQ?="}}]}]} | messages[0].content[0].source.data: not base64: Illegal base64 character 3f
                    {"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"c","name":"f","input":"{}"}]}]} | messages[0].content[0].input: expected an object, found a string
                    {"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"c","name":"f","input":{"a":"\\ud83d"}}]}]} | messages[0].content[0].input: the character 6 is half of a surrogate pair (\\ud83d); send whole characters
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"system":7} | system: expected a string or a list of content blocks, found 7
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"tools":[{"type":"web_search_20250305","name":"web_search"}]} | tools[0].type: 'web_search_20250305' is a tool of Anthropic's own; send custom tools, with an input_schema
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"tools":[{"name":"f"}]} | tools[0].input_schema is required
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"tool_choice":{"type":"some"}} | tool_choice.type: expected auto, any, tool or none, found "some"
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"thinking":{"type":"enabled"}} | thinking.budget_tokens is required
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"mcp_servers":[{"url":"x"}]} | mcp_servers: this server runs no tools itself; send tools that the client runs
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"text","text":"x","cache_control":{"type":"ephemeral","ttl":"2h"}}]}]} | messages[0].content[0].cache_control.ttl: expected 5m or 1h, found "2h"
                    {"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"stop_sequences":[""]} | stop_sequences[0]: an empty text would end every answer at once
                    """)
    void aWrongFieldIsNamedWithWhatWasExpected(String body, String message) throws Exception {
        RawHttp.Answer answer = served.post(PATH, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).at("/error/type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(json(answer).at("/error/message").stringValue()).isEqualTo(message);
    }
}
