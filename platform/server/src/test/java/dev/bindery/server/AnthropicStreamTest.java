package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The events of a streamed message, to the byte. */
class AnthropicStreamTest {
    private static final String NO_USAGE =
            "{\"input_tokens\":0,\"cache_creation_input_tokens\":0,"
                    + "\"cache_read_input_tokens\":0,\"output_tokens\":0}";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static RawHttp.Answer stream(String model, String text) throws Exception {
        RawHttp.Answer answer =
                served.post(
                        "/v1/messages",
                        Served.chatBody(model, text, "\"max_tokens\":100", "\"stream\":true"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static RawHttp.Answer stream(List<Operation> operations, FinishReason reason)
            throws Exception {
        served.router.serve("fake/model", operations, reason);
        return stream("fake/model", "x");
    }

    /** The events' data, each of which names the type of its event's line. */
    private static List<String> events(RawHttp.Answer answer) {
        assertThat(answer.body()).endsWith("\n\n");
        List<String> events = new ArrayList<>();
        for (String frame : answer.body().split("\n\n(?=e)", -1)) {
            String[] lines = frame.strip().split("\n", -1);
            assertThat(lines).as(frame).hasSize(2);
            assertThat(lines[0]).startsWith("event: ");
            assertThat(lines[1]).startsWith("data: {");
            String data = lines[1].substring(6);
            assertThat(lines[0].substring(7)).isEqualTo(json(data).get("type").stringValue());
            events.add(data);
        }
        return events;
    }

    /** Those between the message's start and its end, each in a few words. */
    private static List<String> blocks(RawHttp.Answer answer) {
        List<String> all = events(answer);
        return all.subList(1, all.size() - 2).stream()
                .map(event ->
                        event.replace("\"type\":\"content_block_", "")
                                .replace("\",\"index\":", " ")
                                .replace(",\"content_block\":", " ")
                                .replace(",\"delta\":", " ")
                                .replaceFirst("^\\{", "")
                                .replaceFirst("}$", ""))
                .toList();
    }

    @Test
    void theFramesAreThoseThatClientsExpect() throws Exception {
        RawHttp.Answer answer = stream(ECHO, "one two");
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        String id = answer.header("request-id");
        assertThat(id).isEqualTo(answer.header("x-request-id")).startsWith("req_");
        assertThat(answer.body())
                .isEqualTo(
                        """
                        event: message_start
                        data: {"type":"message_start","message":{"id":"ID","type":"message","role":"assistant","model":"echo/echo","content":[],"stop_reason":null,"stop_sequence":null,"usage":NONE}}

                        event: content_block_start
                        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                        event: content_block_delta
                        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"one "}}

                        event: content_block_delta
                        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"two"}}

                        event: content_block_stop
                        data: {"type":"content_block_stop","index":0}

                        event: message_delta
                        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":2,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2}}

                        event: message_stop
                        data: {"type":"message_stop"}

                        """
                                .replace("ID", id.replace("req_", "msg_"))
                                .replace("NONE", NO_USAGE));
    }

    @Test
    void thoughtsAndTheirSignaturesAreBlocksOfTheirOwn() throws Exception {
        RawHttp.Answer answer =
                stream(
                        List.of(
                                Operation.reasoning("so "),
                                Operation.reasoning(ReasoningPart.of("then", "c2ln", false)),
                                Operation.reasoning("next"),
                                Operation.reasoning(
                                        ReasoningPart.of("", null, true)
                                                .withProviderData(
                                                        JsonObject.of(
                                                                "anthropic",
                                                                JsonObject.of("data", "hid")))),
                                Operation.chunk("said")),
                        FinishReason.STOP);
        assertThat(blocks(answer))
                .containsExactly(
                        "start 0 {\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                        "delta 0 {\"type\":\"thinking_delta\",\"thinking\":\"so \"}",
                        "delta 0 {\"type\":\"thinking_delta\",\"thinking\":\"then\"}",
                        "delta 0 {\"type\":\"signature_delta\",\"signature\":\"c2ln\"}",
                        "stop 0",
                        "start 1 {\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                        "delta 1 {\"type\":\"thinking_delta\",\"thinking\":\"next\"}",
                        "stop 1",
                        "start 2 {\"type\":\"redacted_thinking\",\"data\":\"hid\"}",
                        "stop 2",
                        "start 3 {\"type\":\"text\",\"text\":\"\"}",
                        "delta 3 {\"type\":\"text_delta\",\"text\":\"said\"}",
                        "stop 3");
    }

    private static Operation call(int index, String id, String name, String arguments) {
        return Operation.toolCall(ToolCallDelta.of(index, id, name, arguments));
    }

    @Test
    void parallelCallsComeOneAfterTheOther() throws Exception {
        RawHttp.Answer answer =
                stream(
                        List.of(
                                Operation.chunk("wait"),
                                call(0, "c0", "f", ""),
                                call(0, null, null, "{\"a\":\"}"),
                                call(0, null, null, "\\\"\"}"),
                                call(1, "c1", "g", "{}")),
                        FinishReason.TOOL_CALLS);
        assertThat(blocks(answer))
                .containsExactly(
                        "start 0 {\"type\":\"text\",\"text\":\"\"}",
                        "delta 0 {\"type\":\"text_delta\",\"text\":\"wait\"}",
                        "stop 0",
                        "start 1 {\"type\":\"tool_use\",\"id\":\"c0\",\"name\":\"f\",\"input\":{}}",
                        "delta 1 {\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\\\"}\"}",
                        "delta 1 {\"type\":\"input_json_delta\",\"partial_json\":\"\\\\\\\"\\\"}\"}",
                        "stop 1",
                        "start 2 {\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"g\",\"input\":{}}",
                        "delta 2 {\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}",
                        "stop 2");
        assertThat(events(answer))
                .element(events(answer).size() - 2)
                .asString()
                .contains("\"stop_reason\":\"tool_use\"");
    }

    @Test
    void callsWhoseFragmentsComeMixedAreSentInOrder() throws Exception {
        RawHttp.Answer answer =
                stream(
                        List.of(
                                call(0, "c0", "f", "{\"a\":"),
                                call(1, "c1", "g", "{\"b\":"),
                                call(2, "c2", "h", ""),
                                call(1, null, null, "2}"),
                                call(0, null, null, "1}")),
                        FinishReason.TOOL_CALLS);
        assertThat(blocks(answer))
                .containsExactly(
                        "start 0 {\"type\":\"tool_use\",\"id\":\"c0\",\"name\":\"f\",\"input\":{}}",
                        "delta 0 {\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\"}",
                        "delta 0 {\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}",
                        "stop 0",
                        "start 1 {\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"g\",\"input\":{}}",
                        "delta 1 {\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"b\\\":\"}",
                        "delta 1 {\"type\":\"input_json_delta\",\"partial_json\":\"2}\"}",
                        "stop 1",
                        "start 2 {\"type\":\"tool_use\",\"id\":\"c2\",\"name\":\"h\",\"input\":{}}",
                        "stop 2");
    }

    @Test
    void anAnswerOfWhichNothingWasSentComesInItsOrder() throws Exception {
        served.router.serve(
                "fake/model",
                (_, _) ->
                        GenerationResult.of(
                                Candidate.builder()
                                        .parts(
                                                List.of(
                                                        ReasoningPart.of("hm", "c2ln", false),
                                                        TextPart.of("a"),
                                                        ToolCallPart.of("c", "f", "{}")))
                                        .finishReason(FinishReason.TOOL_CALLS)
                                        .build()));
        assertThat(blocks(stream("fake/model", "x")))
                .containsExactly(
                        "start 0 {\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                        "delta 0 {\"type\":\"thinking_delta\",\"thinking\":\"hm\"}",
                        "delta 0 {\"type\":\"signature_delta\",\"signature\":\"c2ln\"}",
                        "stop 0",
                        "start 1 {\"type\":\"text\",\"text\":\"\"}",
                        "delta 1 {\"type\":\"text_delta\",\"text\":\"a\"}",
                        "stop 1",
                        "start 2 {\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"input\":{}}",
                        "delta 2 {\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}",
                        "stop 2");
    }

    @Test
    void countsThatAreKnownEarlyStandInTheStart() throws Exception {
        Usage early = Usage.builder().inputTokens(9L).cacheReadTokens(4L).build();
        Usage whole = early.toBuilder().cacheWriteTokens(2L).outputTokens(7L).build();
        List<String> events =
                events(
                        stream(
                                List.of(
                                        Operation.usage(early),
                                        Operation.chunk("a"),
                                        Operation.usage(whole)),
                                FinishReason.LENGTH));
        assertThat(events.getFirst())
                .contains(
                        "\"usage\":{\"input_tokens\":5,\"cache_creation_input_tokens\":0,"
                                + "\"cache_read_input_tokens\":4,\"output_tokens\":0}");
        assertThat(events.get(events.size() - 2))
                .isEqualTo(
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\","
                                + "\"stop_sequence\":null},\"usage\":{\"input_tokens\":3,"
                                + "\"cache_creation_input_tokens\":2,"
                                + "\"cache_read_input_tokens\":4,\"output_tokens\":7}}");
    }

    @Test
    void theTextThatEndedAnAnswerIsNamed() throws Exception {
        served.router.serve(
                "fake/model",
                (_, sink) -> {
                    Answer answer = new Answer(sink);
                    answer.on(Operation.chunk("a"));
                    return GenerationResult.of(
                            Candidate.builder().text("a").stopSequence("END").build());
                });
        assertThat(stream("fake/model", "x").body())
                .contains("{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"}");
    }

    @Test
    void aFailureInTheMiddleIsAnErrorAndNoEnd() throws Exception {
        served.router.serve(
                "fake/model",
                (_, sink) -> {
                    sink.on(Operation.chunk("half"));
                    throw new BindingException(ErrorCode.OVERLOADED, "too much");
                });
        RawHttp.Answer answer = stream("fake/model", "x");
        List<String> events = events(answer);
        assertThat(events).hasSize(4);
        assertThat(events.getLast())
                .isEqualTo(
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                                + "\"message\":\"too much\"},\"request_id\":\"%s\"}"
                                        .formatted(answer.header("request-id")));
        assertThat(answer.body()).doesNotContain("message_stop", "message_delta", "block_stop");
    }

    @Test
    void aPingBreaksTheSilence() throws Exception {
        served.router.serve(
                "fake/model",
                (_, sink) -> {
                    sink.silence();
                    sink.on(Operation.chunk("late"));
                    return GenerationResult.of("late");
                });
        assertThat(events(stream("fake/model", "x"))).element(1).isEqualTo("{\"type\":\"ping\"}");
    }

    @Test
    void whatIsTakenBackInTimeIsNeverSeen() throws Exception {
        served.router.serve(
                "fake/model",
                List.of(
                        Operation.chunk("one "),
                        Operation.chunk("tow"),
                        Operation.of(OperationType.REPLACE_LAST, "two")),
                FinishReason.STOP,
                Capability.CORRECTIONS);
        assertThat(blocks(stream("fake/model", "x")))
                .filteredOn(block -> block.startsWith("delta"))
                .containsExactly(
                        "delta 0 {\"type\":\"text_delta\",\"text\":\"one \"}",
                        "delta 0 {\"type\":\"text_delta\",\"text\":\"two\"}");
    }

    @Test
    void whatIsTakenBackTooLateIsAnError() throws Exception {
        RawHttp.Answer answer =
                stream(
                        List.of(
                                Operation.chunk("wrong"),
                                Operation.of(OperationType.SET_CONTENT, "right")),
                        FinishReason.STOP);
        assertThat(events(answer).getLast()).contains("\"api_error\"", "took back");
        assertThat(answer.body()).doesNotContain("message_stop", "right");
    }

    @Test
    void everyTextSurvives() throws Exception {
        String text = "a\u2028b\u0000\r\ndata: [DONE]\n\nevent: error 😀 \"\\";
        served.router.serve(
                "fake/model",
                Arrays.stream(text.split("", -1)).map(Operation::chunk).toList(),
                FinishReason.STOP);
        StringBuilder joined = new StringBuilder();
        for (String event : events(stream("fake/model", "x"))) {
            joined.append(json(event).at("/delta/text").asString(""));
        }
        assertThat(joined.toString()).isEqualTo(text);
    }

    @Test
    void otherCandidatesAreLeftOut() throws Exception {
        RawHttp.Answer answer =
                stream(
                        List.of(
                                Operation.chunk("a"),
                                Operation.chunk("b").withCandidate(1),
                                call(0, "c", "f", "{}").withCandidate(1),
                                Operation.reasoning("r").withCandidate(1)),
                        FinishReason.STOP);
        assertThat(blocks(answer))
                .containsExactly(
                        "start 0 {\"type\":\"text\",\"text\":\"\"}",
                        "delta 0 {\"type\":\"text_delta\",\"text\":\"a\"}",
                        "stop 0");
    }

    @Test
    void anEmptyAnswerHasNoBlock() throws Exception {
        assertThat(events(stream(List.of(), FinishReason.STOP))).hasSize(3);
    }
}
