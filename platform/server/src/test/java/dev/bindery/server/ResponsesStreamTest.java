package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ToolCallDelta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The events of a streamed response. */
class ResponsesStreamTest {
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
                        "/v1/responses",
                        "{\"model\":\"%s\",\"input\":\"%s\",\"stream\":true}"
                                .formatted(model, text));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static RawHttp.Answer stream(List<Operation> operations, FinishReason reason)
            throws Exception {
        served.router.serve("fake/model", operations, reason);
        return stream("fake/model", "x");
    }

    /** The events' data; each has the type of its event's line, and the next number. */
    private static List<String> events(RawHttp.Answer answer) {
        assertThat(answer.body()).endsWith("}\n\n").doesNotContain("[DONE]");
        List<String> events = new ArrayList<>();
        for (String frame : answer.body().split("\n\n(?=event)", -1)) {
            String[] lines = frame.strip().split("\n", -1);
            assertThat(lines).as(frame).hasSize(2);
            String data = lines[1].substring("data: ".length());
            String start =
                    "{\"type\":\"%s\",\"sequence_number\":%d"
                            .formatted(lines[0].substring("event: ".length()), events.size());
            assertThat(data).startsWith(start);
            events.add(data);
        }
        return events;
    }

    /** The events between the response's start and its end, in a few words. */
    private static List<String> middle(RawHttp.Answer answer) {
        String stem = answer.header("x-request-id").replaceFirst("^req_", "");
        List<String> events = events(answer);
        return events.subList(2, events.size() - 1).stream()
                .map(event ->
                        event.replaceFirst(
                                        "\\{\"type\":\"response.([a-z_.]+)\","
                                                + "\"sequence_number\":\\d+,",
                                        "$1 ")
                                .replace(stem, "N")
                                .replaceFirst("}$", ""))
                .toList();
    }

    @Test
    void aTextIsAMessageInItsEvents() throws Exception {
        RawHttp.Answer answer = stream(ECHO, "one two");
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
        String place = "\"item_id\":\"msg_N_0\",\"output_index\":0,\"content_index\":0,";
        String item = "\"output_index\":0,\"item\":{\"id\":\"msg_N_0\",\"type\":\"message\",";
        assertThat(middle(answer))
                .containsExactly(
                        "output_item.added "
                                + item
                                + "\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}",
                        "content_part.added " + place + "\"part\":" + part(""),
                        "output_text.delta " + place + "\"delta\":\"one \",\"logprobs\":[]",
                        "output_text.delta " + place + "\"delta\":\"two\",\"logprobs\":[]",
                        "output_text.done " + place + "\"text\":\"one two\",\"logprobs\":[]",
                        "content_part.done " + place + "\"part\":" + part("one two"),
                        "output_item.done "
                                + item
                                + "\"status\":\"completed\",\"role\":\"assistant\",\"content\":["
                                + part("one two")
                                + "]}");
    }

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"text\":\"%s\",\"annotations\":[],\"logprobs\":[]}"
                .formatted(text);
    }

    @Test
    void theWholeResponseStandsAtBothEnds() throws Exception {
        RawHttp.Answer answer = stream(ECHO, "one two");
        List<String> events = events(answer);
        String id = answer.header("x-request-id").replaceFirst("^req_", "resp_");
        JsonNode begun = json(events.getFirst()).get("response");
        assertThat(events.getFirst()).contains("\"response.created\"");
        assertThat(events.get(1)).contains("\"response.in_progress\"");
        assertThat(begun.get("id").stringValue()).isEqualTo(id);
        assertThat(begun.get("status").stringValue()).isEqualTo("in_progress");
        assertThat(begun.get("output")).isEmpty();
        assertThat(json(events.get(1)).get("response")).isEqualTo(begun);
        JsonNode ended = json(events.getLast()).get("response");
        assertThat(events.getLast()).contains("\"response.completed\"");
        assertThat(ended.get("id").stringValue()).isEqualTo(id);
        assertThat(ended.get("status").stringValue()).isEqualTo("completed");
        assertThat(ended.at("/output/0/content/0/text").stringValue()).isEqualTo("one two");
        assertThat(ended.at("/usage/total_tokens").intValue()).isEqualTo(4);
    }

    private static Operation call(int index, String id, String name, String arguments) {
        return Operation.toolCall(ToolCallDelta.of(index, id, name, arguments));
    }

    @Test
    void parallelCallsAreItemsOfTheirOwn() throws Exception {
        RawHttp.Answer answer =
                stream(
                        List.of(
                                call(0, "c0", "f", "{"),
                                call(1, "c1", "g", "{}"),
                                call(0, null, null, "}")),
                        FinishReason.TOOL_CALLS);
        String first = "\"item_id\":\"fc_N_0\",\"output_index\":0,";
        String second = "\"item_id\":\"fc_N_1\",\"output_index\":1,";
        assertThat(middle(answer))
                .containsExactly(
                        "output_item.added " + item(0, "in_progress", "c0", "f", ""),
                        "function_call_arguments.delta " + first + "\"delta\":\"{\"",
                        "function_call_arguments.delta " + first + "\"delta\":\"}\"",
                        "function_call_arguments.done " + first + "\"arguments\":\"{}\"",
                        "output_item.done " + item(0, "completed", "c0", "f", "{}"),
                        "output_item.added " + item(1, "in_progress", "c1", "g", ""),
                        "function_call_arguments.delta " + second + "\"delta\":\"{}\"",
                        "function_call_arguments.done " + second + "\"arguments\":\"{}\"",
                        "output_item.done " + item(1, "completed", "c1", "g", "{}"));
    }

    private static String item(int index, String status, String id, String name, String arguments) {
        return ("\"output_index\":%d,\"item\":{\"id\":\"fc_N_%d\",\"type\":\"function_call\","
                        + "\"status\":\"%s\",\"call_id\":\"%s\",\"name\":\"%s\","
                        + "\"arguments\":\"%s\"}")
                .formatted(index, index, status, id, name, arguments);
    }

    @Test
    void thoughtsAreItemsWithASummary() throws Exception {
        RawHttp.Answer answer =
                stream(
                        List.of(
                                Operation.reasoning("hm"),
                                Operation.reasoning(
                                        ReasoningPart.of("", null, false)
                                                .withProviderData(
                                                        JsonObject.of(
                                                                "openai",
                                                                JsonObject.of(
                                                                        "encrypted_content",
                                                                        "xyz")))),
                                Operation.chunk("so")),
                        FinishReason.STOP);
        String place = "\"item_id\":\"rs_N_0\",\"output_index\":0,\"summary_index\":0,";
        String start = "\"output_index\":0,\"item\":{\"id\":\"rs_N_0\",\"type\":\"reasoning\",";
        assertThat(middle(answer).subList(0, 7))
                .containsExactly(
                        "output_item.added " + start + "\"summary\":[],\"status\":\"in_progress\"}",
                        "reasoning_summary_part.added "
                                + place
                                + "\"part\":{\"type\":\"summary_text\",\"text\":\"\"}",
                        "reasoning_summary_text.delta " + place + "\"delta\":\"hm\"",
                        "reasoning_summary_text.done " + place + "\"text\":\"hm\"",
                        "reasoning_summary_part.done "
                                + place
                                + "\"part\":{\"type\":\"summary_text\",\"text\":\"hm\"}",
                        "output_item.done "
                                + start
                                + "\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}],"
                                + "\"encrypted_content\":\"xyz\",\"status\":\"completed\"}",
                        "output_item.added \"output_index\":1,\"item\":{\"id\":\"msg_N_1\","
                                + "\"type\":\"message\",\"status\":\"in_progress\","
                                + "\"role\":\"assistant\",\"content\":[]}");
    }

    @Test
    void anAnswerThatWasCutIsIncomplete() throws Exception {
        List<Operation> operations =
                List.of(Operation.reasoning("hm"), Operation.chunk("a"), call(0, "c", "f", "{"));
        RawHttp.Answer answer = stream(operations, FinishReason.LENGTH);
        String last = events(answer).getLast();
        assertThat(json(last).at("/response/output"))
                .extracting(item -> item.get("status").stringValue())
                .containsExactly("completed", "completed", "incomplete");
        assertThat(middle(answer).getLast()).contains(item(2, "incomplete", "c", "f", "{"));
        assertThat(last)
                .contains(
                        "\"response.incomplete\"",
                        "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}");
    }

    @Test
    void aFailureInTheMiddleIsToldAndNoEnd() throws Exception {
        served.router.serve(
                "fake/model",
                (_, sink) -> {
                    sink.on(Operation.chunk("half"));
                    throw new BindingException(ErrorCode.OVERLOADED, "too much");
                });
        RawHttp.Answer answer = stream("fake/model", "x");
        assertThat(events(answer).getLast())
                .contains(
                        "\"response.failed\"",
                        "\"status\":\"failed\"",
                        "\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"too much\"}");
        assertThat(answer.body()).doesNotContain("response.completed", ".done\"");
    }

    @Test
    void silenceIsBrokenByAComment() throws Exception {
        served.router.serve(
                "fake/model",
                (_, sink) -> {
                    sink.silence();
                    return GenerationResult.of("late");
                });
        assertThat(stream("fake/model", "x").body()).contains("\n\n: keep-alive\n\n");
    }

    @Test
    void whatIsTakenBackTooLateIsAFailure() throws Exception {
        served.router.serve(
                "fake/model",
                List.of(
                        Operation.chunk("one "),
                        Operation.chunk("two"),
                        Operation.of(OperationType.SET_CONTENT, "other")),
                FinishReason.STOP,
                Capability.CORRECTIONS);
        assertThat(events(stream("fake/model", "x")).getLast())
                .contains("\"response.failed\"", "took back");
    }
}
