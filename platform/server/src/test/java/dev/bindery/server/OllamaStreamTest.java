package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.chatBody;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ToolCallDelta;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The lines of streamed answers, byte for byte. */
class OllamaStreamTest {
    private static final String CHAT = "/api/chat";
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
        return served.post(CHAT, chatBody(model, text));
    }

    /** The lines without what differs from run to run. */
    private static List<String> lines(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(answer.body()).endsWith("}\n");
        return answer.body()
                .lines()
                .map(line ->
                        line.replaceFirst("\"created_at\":\"[^\"]+Z\"", "NOW")
                                .replaceFirst("_duration\":\\d+", "_duration\":TIME"))
                .toList();
    }

    private static String content(RawHttp.Answer answer) {
        StringBuilder content = new StringBuilder();
        answer.body()
                .lines()
                .map(Served::json)
                .forEach(line -> content.append(line.at("/message/content").asString("")));
        return content.toString();
    }

    private static String line(String message) {
        return "{\"model\":\"%s\",NOW,\"message\":{\"role\":\"assistant\",%s},\"done\":false}"
                .formatted(ECHO, message);
    }

    @Test
    void theLinesAreThoseThatClientsExpect() throws Exception {
        assertThat(lines(stream(ECHO, "one two")))
                .containsExactly(
                        line("\"content\":\"one \""),
                        line("\"content\":\"two\""),
                        "{\"model\":\"echo/echo\",NOW,\"message\":{\"role\":\"assistant\","
                                + "\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","
                                + "\"total_duration\":TIME,\"prompt_eval_count\":2,\"eval_count\":2}");
    }

    @Test
    void aGeneratedTextStandsInResponse() throws Exception {
        RawHttp.Answer answer =
                served.post("/api/generate", "{\"model\":\"echo/echo:latest\",\"prompt\":\"a b\"}");
        assertThat(lines(answer))
                .first()
                .isEqualTo(
                        "{\"model\":\"echo/echo:latest\",NOW,\"response\":\"a \",\"done\":false}");
        assertThat(lines(answer).getLast()).contains("\"response\":\"\",\"done\":true");
    }

    @Test
    void whateverATextContainsItStaysOneLineForEachPiece() throws Exception {
        String text = "a\u2028b\r\nc\u0000 \"{}\" 😀 data: [DONE]";
        RawHttp.Answer answer = stream(ECHO, text);
        assertThat(content(answer)).isEqualTo(text);
        assertThat(lines(answer)).allMatch(line -> line.startsWith("{\"model\""));
    }

    @Test
    void aCharacterIsNeverSplit() throws Exception {
        served.router.serve(
                "fake/halves",
                List.of(Operation.chunk("a\ud83d"), Operation.chunk("\ude00b")),
                FinishReason.STOP);
        assertThat(content(stream("fake/halves", "x"))).isEqualTo("a😀b");
    }

    @Test
    void toolCallsComeWholeWithAnObjectOnOneLine() throws Exception {
        served.router.serve(
                "fake/tools",
                List.of(
                        Operation.toolCall(ToolCallDelta.of(0, "c1", "f", "")),
                        Operation.toolCall(ToolCallDelta.of(0, null, null, "{\n \"a\": 1.50,")),
                        Operation.toolCall(ToolCallDelta.of(0, null, null, "\"b\": \"x y\"}")),
                        Operation.toolCall(ToolCallDelta.of(1, "c2", "g", ""))),
                FinishReason.TOOL_CALLS);
        List<String> lines = lines(stream("fake/tools", "x"));
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .contains(
                        "\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"index\":0,"
                                + "\"name\":\"f\",\"arguments\":{\"a\":1.50,\"b\":\"x y\"}}},"
                                + "{\"id\":\"c2\",\"function\":{\"index\":1,\"name\":\"g\","
                                + "\"arguments\":{}}}]}");
        assertThat(lines.getLast()).contains("\"done_reason\":\"stop\"");
    }

    @Test
    void argumentsThatAreNoObjectAreAnErrorAndNeverAnEmptyCall() throws Exception {
        served.router.serve(
                "fake/garbled",
                List.of(
                        Operation.chunk("calling"),
                        Operation.toolCall(ToolCallDelta.of(0, "c1", "f", "{\"a\":"))),
                FinishReason.TOOL_CALLS);
        List<String> lines = lines(stream("fake/garbled", "x"));
        assertThat(lines.getLast()).startsWith("{\"error\":\"the model called the tool f");
        assertThat(lines).noneMatch(line -> line.contains("\"done\":true"));
    }

    @Test
    void thoughtsAndImagesHaveTheirOwnFields() throws Exception {
        served.router.serve(
                "fake/thinks",
                List.of(
                        Operation.reasoning("hm"),
                        Operation.chunk("a"),
                        Operation.media(MediaPart.of(Blob.of("image/png", new byte[] {1, 2, 3})))),
                FinishReason.STOP);
        List<String> lines = lines(stream("fake/thinks", "x"));
        assertThat(lines.get(0)).contains("\"content\":\"\",\"thinking\":\"hm\"}");
        assertThat(lines.get(2)).contains("\"images\":[\"AQID\"]");
    }

    @Test
    void aCorrectionOfTheLastPieceIsWaitedForAndAContradictionIsAnError() throws Exception {
        served.router.serve(
                "fake/corrects",
                List.of(
                        Operation.chunk("two "),
                        Operation.chunk("and twi"),
                        Operation.of(OperationType.REPLACE_LAST, "and two")),
                FinishReason.STOP,
                Capability.CORRECTIONS);
        assertThat(content(stream("fake/corrects", "x"))).isEqualTo("two and two");
        served.router.serve(
                "fake/contradicts",
                List.of(
                        Operation.chunk("a "),
                        Operation.chunk("b "),
                        Operation.of(OperationType.SET_CONTENT, "other")),
                FinishReason.STOP,
                Capability.CORRECTIONS);
        List<String> lines = lines(stream("fake/contradicts", "x"));
        assertThat(lines.getLast()).startsWith("{\"error\":\"the model took back");
        assertThat(lines).noneMatch(line -> line.contains("\"done\":true"));
    }

    @Test
    void aFailureInMidStreamIsTheLastLine() throws Exception {
        served.router.serve(
                "fake/breaks",
                (_, sink) -> {
                    sink.on(Operation.chunk("so far "));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "it broke");
                });
        assertThat(lines(stream("fake/breaks", "x")))
                .containsExactly(
                        line("\"content\":\"so far \"").replace(ECHO, "fake/breaks"),
                        "{\"error\":\"it broke\"}");
    }

    @Test
    void silenceIsToldByAPieceOfNothing() throws Exception {
        served.router.serve(
                "fake/slow",
                (_, sink) -> {
                    sink.silence();
                    Answer answer = new Answer(sink);
                    answer.on(Operation.chunk("late"));
                    return answer.result(FinishReason.STOP);
                });
        List<String> lines = lines(stream("fake/slow", "x"));
        assertThat(lines.getFirst()).contains("\"content\":\"\"},\"done\":false}");
        assertThat(lines.get(1)).contains("\"content\":\"late\"");
    }

    @Test
    void whatNobodyKnowsIsLeftOut() throws Exception {
        served.router.serve("fake/silent", (_, _) -> GenerationResult.of("all at once"));
        assertThat(lines(stream("fake/silent", "x")).getLast())
                .endsWith("\"done_reason\":\"stop\",\"total_duration\":TIME}");
        assertThat(
                        json(served.post(CHAT, chatBody("fake/silent", "x", "\"stream\":false")))
                                .propertyNames())
                .doesNotContain("eval_count", "load_duration");
    }

    @Test
    void aClientThatLeavesStopsTheCall() throws Exception {
        var cancelled = new java.util.concurrent.CountDownLatch(1);
        served.router.serve(
                "fake/endless",
                (request, sink) -> {
                    sink.on(Operation.chunk("first "));
                    sink.pause();
                    request.cancellation().onCancel(cancelled::countDown);
                    cancelled.await();
                    throw BindingException.cancelled();
                });
        try (RawHttp http = served.connect()) {
            http.post(CHAT, chatBody("fake/endless", "x")).begin();
            assertThat(http.chunk()).contains("first");
        }
        assertThat(cancelled.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
}
