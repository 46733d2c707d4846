package dev.bindery.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.TypedConfig;
import dev.bindery.fixture.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EchoScriptTest {
    private final EchoBinding echo = TestContext.started(new EchoBinding(), Map.of());
    private final Ear ear = new Ear();

    @Test
    void operationsGoBetweenThePieces() {
        GenerationResult result =
                generate(
                        operations(
                                Map.of("type", "STEP_START", "text", "go", "after_chunks", 0),
                                Map.of("type", "REPLACE_LAST", "text", "TWO ", "after_chunks", 2),
                                Map.of("type", "NEW_LINE", "metadata", Map.of("k", 1))));

        assertThat(ear.operations)
                .extracting(Operation::toString)
                .containsExactly(
                        "STEP_START[0] go",
                        "ADD_CHUNK[0] one ",
                        "ADD_CHUNK[0] two ",
                        "REPLACE_LAST[0] TWO ",
                        "ADD_CHUNK[0] three",
                        "NEW_LINE[0] ");
        assertThat(ear.operations.getLast().metadata()).hasToString("{\"k\":1}");
        assertThat(result.text()).isEqualTo("one TWO three\n");
    }

    static List<OperationType> everyType() {
        return OperationType.known();
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void everyTypeOfOperationCanBeAskedForByNameAndByNumber(OperationType type) {
        generate(operations(Map.of("type", type.name()), Map.of("type", type.code())));

        assertThat(ear.operations.subList(3, 5)).extracting(Operation::type).containsOnly(type);
    }

    @Test
    void aNumberThatNobodyKnowsIsSentAllTheSame() {
        generate(operations(Map.of("type", 4711, "text", "?")));

        assertThat(ear.operations.getLast()).hasToString("OPERATION_4711[0] ?");
    }

    @Test
    void typesWithAPayloadCarryIt() throws Exception {
        GenerationResult result =
                generate(
                        operations(
                                Map.of("type", "REASONING", "text", "hm", "signature", "s"),
                                Map.of("type", "TOOL_CALL", "id", "c1", "name", "find"),
                                Map.of("type", "TOOL_CALL", "arguments", "{}"),
                                Map.of("type", "MEDIA", "media_type", "a/b", "base64", "AQI="),
                                Map.of("type", "LOGPROBS", "text", "x", "logprob", -0.5),
                                Map.of("type", "USAGE", "input_tokens", 7)));

        assertThat(result.first().reasoning()).isEqualTo("hm");
        assertThat(result.first().toolCalls().getFirst().arguments()).isEqualTo("{}");
        assertThat(result.first().logprobs().getFirst().logprob()).isEqualTo(-0.5);
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(7);
        assertThat(result.usage().orElseThrow().outputTokens()).isEmpty();
        Blob media = ear.operations.get(6).media().orElseThrow().blob().orElseThrow();
        assertThat(media).hasToString("Blob[a/b, 2 bytes]");
        assertThat(media.bytes()).containsExactly(1, 2);
    }

    @Test
    void aFailureComesWhenAndAsItWasAskedFor() {
        BindingException failure =
                failure(
                        Map.of(
                                "error",
                                Map.of(
                                        "code",
                                        "RATE_LIMITED",
                                        "message",
                                        "slow down",
                                        "retry_after_s",
                                        1.5,
                                        "upstream_status",
                                        429,
                                        "after_chunks",
                                        2)));

        assertThat(failure).hasMessage("slow down");
        assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(1500));
        assertThat(failure.upstreamStatus()).hasValue(429);
        assertThat(failure.usage().orElseThrow().outputTokens()).hasValue(2);
        assertThat(ear.chunks()).containsExactly("one ", "two ");
    }

    @Test
    void aFailureComesBeforeTheFirstPieceOrAtTheEndOfAShorterAnswer() {
        assertThat(failure(Map.of("error", Map.of("code", "TIMEOUT"))).code())
                .isEqualTo(ErrorCode.TIMEOUT);
        assertThat(ear.operations).isEmpty();

        failure(Map.of("error", Map.of("code", "NEW_CODE", "after_chunks", 99)));

        assertThat(ear.chunks()).hasSize(3);
    }

    @Test
    void theFinishReasonCanBeClaimed() {
        assertThat(generate(Map.of("finish_reason", "tool_calls")).first().finishReason())
                .isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void aRequestGoesBeforeTheSettingFieldByField() {
        Map<String, ?> script =
                Map.of("finish_reason", "length", "error", Map.of("code", "INTERNAL"));
        EchoBinding scripted = TestContext.started(new EchoBinding(), Map.of("script", script));

        assertThatThrownBy(() -> scripted.generate(request(Map.of()), ear))
                .hasMessage("this error was asked for");

        GenerationResult result =
                scripted.generate(
                        request(Map.of("error", Map.of("code", "TIMEOUT", "after_chunks", 9))),
                        new Ear(2));
        assertThat(result.text()).isEqualTo("one two ");
    }

    @Test
    void newSettingsHoldAtOnceAndWrongOnesAreRefused() {
        assertThat(echo.settingsUpdated(config(Map.of("finish_reason", "length")))).isTrue();
        assertThatThrownBy(() -> echo.settingsUpdated(config(Map.of("delay", 1))))
                .hasMessage(
                        "echo has no field delay; it has: delay_ms, error, finish_reason,"
                                + " first_token_delay_ms, operations");

        assertThat(generate(Map.of()).first().finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void theFlagOfOpenAisCompletionsIsNoScript() {
        JsonObject parameters = JsonObject.of("openai", JsonObject.of("echo", true));

        assertThat(echo.generate(asking().parameters(parameters).build(), ear).text())
                .isEqualTo("one two three");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    delay_ms      | -1     | echo delay_ms is -1, not a whole number from 0 to 600000
                    delay_ms      | 0.5    | echo delay_ms is 0.5, not a whole number from 0 to 600000
                    finish_reason | 1      | echo finish_reason is 1, not a text
                    operations    | 1      | echo operations is 1, not a list
                    error         | 1      | echo error is 1, not an object
                    """)
    void whatDoesNotFitIsSaid(String field, double value, String message) {
        Object number = value == Math.rint(value) ? (Object) (long) value : (Object) value;

        assertThat(failure(Map.of(field, number))).hasMessage(message);
    }

    @Test
    void whatDoesNotFitFurtherInIsSaidToo() {
        assertThat(failure(Map.of("error", Map.of())))
                .hasMessage("echo.error needs the field code");
        assertThat(failure(operations(Map.of("type", "ADD_CHUNKS"))))
                .hasMessageStartingWith(
                        "echo.operations type is ADD_CHUNKS, not one of ADD_CHUNK, SET_CONTENT,");
        assertThat(failure(operations(Map.of("type", "MEDIA", "base64", "§"))))
                .hasMessageStartingWith("echo.operations base64 cannot be decoded");
        assertThat(failure(operations(Map.of("type", "INFO", "name", "x"))))
                .hasMessage(
                        "echo.operations has no field name; it has: after_chunks, metadata, text,"
                                + " type");
        assertThat(failure(Map.of("operations", List.of(1))))
                .hasMessage("echo operations is 1, not a list of objects");
    }

    private GenerationResult generate(Map<String, ?> script) {
        return echo.generate(request(script), ear);
    }

    private BindingException failure(Map<String, ?> script) {
        return catchThrowableOfType(BindingException.class, () -> generate(script));
    }

    private static Map<String, ?> operations(Map<?, ?>... operations) {
        return Map.of("operations", List.of(operations));
    }

    private static GenerationRequest request(Map<String, ?> script) {
        JsonObject parameters = JsonObject.ofMap(Map.of("openai", Map.of("echo", script)));
        return asking().parameters(parameters).build();
    }

    private static GenerationRequest.Builder asking() {
        return GenerationRequest.chat("echo", List.of(Message.user("one two three")));
    }

    private static TypedConfig config(Map<String, ?> script) {
        return new TypedConfig(
                TestContext.card(EchoBinding.class).settings(),
                BaseConfig.of(Map.of("script", script)));
    }
}
