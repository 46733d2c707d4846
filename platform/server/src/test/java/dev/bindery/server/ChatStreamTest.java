package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatStreamTest {
    private static final String STREAM = "\"stream\":true";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static RawHttp.Answer stream(String model, String text, String... more)
            throws Exception {
        String[] fields = Arrays.copyOf(more, more.length + 1);
        fields[more.length] = STREAM;
        RawHttp.Answer answer = served.chat(model, text, fields);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** The events' data, without what differs from run to run. */
    private static List<String> events(RawHttp.Answer answer) {
        String body = answer.body();
        assertThat(body).endsWith("\n\n");
        return Arrays.stream(body.split("\n\n", -1))
                .filter(frame -> !frame.isEmpty())
                .map(frame -> frame.replaceFirst("^data: ", ""))
                .map(data ->
                        data.replaceFirst("\"id\":\"chatcmpl-[0-9a-f]+\"", "ID")
                                .replaceFirst("\"created\":\\d+", "NOW"))
                .toList();
    }

    /** What a client that only joins deltas ends up with. */
    private static String content(RawHttp.Answer answer) {
        StringBuilder content = new StringBuilder();
        for (String frame : answer.body().split("\n\n", -1)) {
            String data = frame.replaceFirst("^data: ", "");
            if (data.startsWith("{")
                    && !json(data).at("/choices/0/delta/content").isMissingNode()) {
                content.append(json(data).at("/choices/0/delta/content").stringValue());
            }
        }
        return content.toString();
    }

    private static String chunk(String delta, String reason) {
        return ("{ID,\"object\":\"chat.completion.chunk\",NOW,\"model\":\"echo/echo\",\"choices\":"
                        + "[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]}")
                .formatted(delta, reason);
    }

    @Test
    void theFramesAreThoseThatClientsExpect() throws Exception {
        RawHttp.Answer answer = stream(ECHO, "one two");
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("openai-processing-ms")).matches("\\d+");
        assertThat(events(answer))
                .containsExactly(
                        chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                        chunk("{\"content\":\"one \"}", "null"),
                        chunk("{\"content\":\"two\"}", "null"),
                        chunk("{}", "\"stop\""),
                        "[DONE]");
    }

    @Test
    void allChunksOfAnAnswerHaveOneId() throws Exception {
        String body = stream(ECHO, "one two").body();
        assertThat(
                        Arrays.stream(body.split("\n\n", -1))
                                .filter(frame -> frame.contains("{"))
                                .map(frame -> json(frame.substring(6)).get("id").stringValue())
                                .distinct())
                .hasSize(1);
    }

    @Test
    void usageComesLastAndOnlyWhenAskedFor() throws Exception {
        RawHttp.Answer answer =
                stream(ECHO, "one two", "\"stream_options\":{\"include_usage\":true}");
        List<String> events = events(answer);
        assertThat(events.getFirst()).endsWith("}],\"usage\":null}");
        assertThat(events.get(events.size() - 2))
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":2,");
        assertThat(stream(ECHO, "one").body()).doesNotContain("usage");
    }

    @Test
    void theLastUsageStandsWhereTheResultHasNone() throws Exception {
        served.router.serve(
                "fake/usage",
                (_, sink) -> {
                    sink.on(Operation.usage(Usage.of(1, 1)));
                    sink.on(Operation.chunk("x"));
                    sink.on(Operation.usage(Usage.of(5, 6)));
                    return GenerationResult.of("x");
                });
        assertThat(stream("fake/usage", "x", "\"stream_options\":{\"include_usage\":true}").body())
                .contains("\"prompt_tokens\":5,\"completion_tokens\":6,\"total_tokens\":11");
    }

    @Test
    void everyCandidateHasItsRoleAndItsEnd() throws Exception {
        String body = stream(ECHO, "hi", "\"n\":2").body();
        assertThat(body.split("\"role\":\"assistant\"", -1)).hasSize(3);
        assertThat(body.split("\"finish_reason\":\"stop\"", -1)).hasSize(3);
        assertThat(body).contains("\"index\":1,\"delta\":{\"content\":\"hi\"}");
    }

    @Test
    void toolCallsComeInFragments() throws Exception {
        served.router.serve(
                "fake/tool-stream",
                List.of(
                        Operation.toolCall(ToolCallDelta.of(0, "c1", "f", "")),
                        Operation.toolCall(ToolCallDelta.of(0, null, null, "{\"a\""))),
                FinishReason.TOOL_CALLS);
        assertThat(stream("fake/tool-stream", "x").body())
                .contains(
                        "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}")
                .contains(
                        "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
                                + "{\"arguments\":\"{\\\"a\\\"\"}}]}")
                .contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void reasoningComesApartAndWhatHasNoFormIsLeftOut() throws Exception {
        served.router.serve(
                "fake/steps",
                List.of(
                        Operation.of(OperationType.STEP_START, "step"),
                        Operation.reasoning("hm"),
                        Operation.of(OperationType.WARNING, "careful"),
                        Operation.of(OperationType.of(999), "later"),
                        Operation.chunk("a"),
                        Operation.of(OperationType.NEW_LINE, "")),
                FinishReason.STOP);
        RawHttp.Answer answer = stream("fake/steps", "x");
        assertThat(answer.body()).contains("\"delta\":{\"reasoning_content\":\"hm\"}");
        assertThat(answer.body()).doesNotContain("step\"", "careful", "later");
        assertThat(content(answer)).isEqualTo("a\n");
    }

    @Test
    void aCorrectionOfTheLastPieceIsWaitedFor() throws Exception {
        served.router.serve(
                "fake/corrects",
                List.of(
                        Operation.chunk("two "),
                        Operation.chunk("and twi"),
                        Operation.of(OperationType.REPLACE_LAST, "and two"),
                        Operation.of(OperationType.REPLACE_LAST, "and three")),
                FinishReason.STOP,
                Capability.CORRECTIONS);
        assertThat(content(stream("fake/corrects", "x"))).isEqualTo("two and three");
    }

    @Test
    void aCorrectionOfWhatWasSentIsAnErrorAndNeverAWrongText() throws Exception {
        served.router.serve(
                "fake/contradicts",
                List.of(
                        Operation.chunk("a "),
                        Operation.chunk("b "),
                        Operation.chunk("c"),
                        Operation.of(OperationType.SET_CONTENT, "other")),
                FinishReason.STOP,
                Capability.CORRECTIONS);
        String body = stream("fake/contradicts", "x").body();
        assertThat(body)
                .contains("data: {\"error\":{\"message\":\"the model took back")
                .endsWith("data: [DONE]\n\n")
                .doesNotContain("finish_reason\":\"stop");
        assertThat(json(served.chat("fake/contradicts", "x")).at("/choices/0/message/content"))
                .hasToString("\"other\"");
    }

    @Test
    void anAnswerOfWhichNothingWasSentIsSentAtItsEnd() throws Exception {
        served.router.serve("fake/silent", (_, _) -> GenerationResult.of("all at once"));
        assertThat(content(stream("fake/silent", "x"))).isEqualTo("all at once");
    }

    @Test
    void aFailureBeforeTheFirstPieceHasItsOwnStatus() throws Exception {
        served.router.serve(
                "fake/limited",
                (_, sink) -> {
                    sink.on(Operation.usage(Usage.of(1, 0)));
                    throw BindingException.builder(ErrorCode.RATE_LIMITED, "slow down")
                            .retryAfter(java.time.Duration.ofMillis(1500))
                            .build();
                });
        RawHttp.Answer answer = served.chat("fake/limited", "x", STREAM);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.header("retry-after-ms")).isEqualTo("1500");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\","
                                + "\"param\":null,\"code\":\"rate_limit_exceeded\"}}");
    }

    @Test
    void aFailureInTheMiddleIsAnEventAndTheConnectionGoesOn() throws Exception {
        served.router.serve(
                "fake/breaks",
                (_, sink) -> {
                    sink.on(Operation.chunk("half "));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "upstream broke");
                });
        try (RawHttp http = served.connect()) {
            http.post("/v1/chat/completions", Served.chatBody("fake/breaks", "x", STREAM));
            String body = http.answer().body();
            assertThat(body)
                    .contains("\"content\":\"half \"")
                    .endsWith(
                            "data: {\"error\":{\"message\":\"upstream broke\",\"type\":"
                                    + "\"server_error\",\"param\":null,\"code\":\"upstream_error\"}}"
                                    + "\n\ndata: [DONE]\n\n")
                    .doesNotContain("finish_reason\":\"");
            assertThat(http.get("/healthz").answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void anUnexpectedFailureTellsNothingOfItself() throws Exception {
        served.router.serve(
                "fake/bug",
                (_, _) -> {
                    throw new IllegalStateException("secret detail");
                });
        RawHttp.Answer answer = served.chat("fake/bug", "x", STREAM);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void aPieceLeavesWhenNothingMoreIsAtHandAndABurstLeavesTogether() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        served.router.serve(
                "fake/paced",
                (_, sink) -> {
                    sink.on(Operation.chunk("a"));
                    sink.pause();
                    assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
                    for (String piece : List.of("b", "c", "d", "e", "f")) {
                        sink.on(Operation.chunk(piece));
                    }
                    sink.pause();
                    return GenerationResult.of("abcdef");
                });
        try (RawHttp http = served.connect()) {
            http.post("/v1/chat/completions", Served.chatBody("fake/paced", "x", STREAM));
            http.begin();
            assertThat(http.chunk()).contains("\"content\":\"a\"");
            read.countDown();
            assertThat(http.chunk().split("\"content\"", -1)).hasSize(6);
        }
    }

    @Test
    void silenceStartsTheStreamAndKeepsItAlive() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        served.router.serve(
                "fake/slow",
                (_, sink) -> {
                    assertThat(sink.silence()).isTrue();
                    assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
                    throw new BindingException(ErrorCode.TIMEOUT, "too slow");
                });
        try (RawHttp http = served.connect()) {
            http.post("/v1/chat/completions", Served.chatBody("fake/slow", "x", STREAM));
            assertThat(http.begin().status()).isEqualTo(200);
            assertThat(http.chunk())
                    .contains("\"role\":\"assistant\"")
                    .endsWith("\n\n: keep-alive\n\n");
            read.countDown();
            assertThat(http.chunk()).contains("\"code\":\"timeout\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "😀 👩‍👩‍👧‍👦 🇩🇪",
                "a\u2028b\u2029c",
                "data: [DONE]\n\ndata: {}",
                "\r\n\r and \u0000 and \u001b and \u007f",
                "\"quoted\" \\ back / slash </script>",
                "e\u0301 \ufeff \uffff ก็",
            })
    void textSurvivesWhateverItContains(String text) throws Exception {
        assertThat(content(stream(ECHO, text))).isEqualTo(text);
        assertThat(json(served.chat(ECHO, text)).at("/choices/0/message/content").stringValue())
                .isEqualTo(text);
    }

    @Test
    void noCharacterIsSplitWhereverABindingCutsIt() throws Exception {
        String text = "a😀b👩‍👧c\u2028d";
        served.router.serve(
                "fake/cuts",
                text.chars().mapToObj(c -> Operation.chunk(String.valueOf((char) c))).toList(),
                FinishReason.STOP);
        RawHttp.Answer answer = stream("fake/cuts", "x");
        assertThat(content(answer)).isEqualTo(text);
        assertThat(answer.body()).doesNotContain("\ufffd", "\\ud8", "\\udc");
    }

    @Test
    void theConnectionServesTheNextRequestAfterAStream() throws Exception {
        try (RawHttp http = served.connect()) {
            for (int i = 0; i < 3; i++) {
                http.post("/v1/chat/completions", Served.chatBody(ECHO, "again " + i, STREAM));
                assertThat(content(http.answer())).isEqualTo("again " + i);
            }
        }
    }
}
