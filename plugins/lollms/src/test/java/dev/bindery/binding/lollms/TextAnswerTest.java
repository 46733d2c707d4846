package dev.bindery.binding.lollms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.Prompt;
import dev.bindery.api.Sampling;
import dev.bindery.fixture.Ear;
import dev.bindery.fixture.MockProvider;
import dev.bindery.fixture.TestCancellation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers as LoLLMs gives them: bare text, or an error in a good answer. */
class TextAnswerTest {
    private Lollms lollms;
    private final Ear ear = new Ear();

    @BeforeEach
    void start() throws IOException {
        lollms = new Lollms(Map.of("max_retries", 0, "api_key", "very-secret"));
    }

    @AfterEach
    void stop() {
        lollms.close();
    }

    @Test
    void aTextIsStreamedAsItComes() {
        lollms.says("Once upon a time, data: [DONE] there was.");

        GenerationResult result = generate(GenerationRequest.prompt("m", "Tell me"));

        assertThat(result.text()).isEqualTo("Once upon a time, data: [DONE] there was.");
        assertThat(ear.text()).isEqualTo(result.text());
        assertThat(ear.operations().size()).isGreaterThan(1);
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.usage()).isEmpty();
    }

    @Test
    void charactersThatAreCutAnywhereSurvive() {
        String text = "Grüße 👋🏽 \u2028\r\n\u0000 語";
        lollms.server().enqueue(Lollms.stream(Lollms.TEXT, text).chunkedBody(text, 1).build());

        assertThat(generate(Lollms.chat("hi")).text()).isEqualTo(text);
        assertThat(ear.text()).isEqualTo(text);
    }

    @Test
    void theAnswerToAConversationEndsWhereTheNextTurnBegins() {
        lollms.says("I am fine!\n! @ !@>user: and you?");

        GenerationResult result = generate(Lollms.chat("How are you?"));

        assertThat(result.text()).isEqualTo("I am fine!\n! @ ");
        assertThat(ear.text()).isEqualTo(result.text());
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.first().stopSequence()).contains("!@>");
    }

    @Test
    void whatARequestNamesEndsAPromptsAnswerToo() {
        lollms.says("one two END three");
        Sampling sampling = Sampling.builder().stop(List.of("END", "two E")).build();

        GenerationResult result =
                generate(
                        GenerationRequest.builder("m", Prompt.of("Count").withEcho(true))
                                .sampling(sampling));

        assertThat(result.text()).isEqualTo("Countone ");
        assertThat(result.first().stopSequence()).contains("two E");
    }

    @Test
    void whatOnlyLooksLikeTheBeginningOfAStopTextIsNotLost() {
        lollms.says("a !@");

        assertThat(generate(Lollms.chat("hi")).text()).isEqualTo("a !@");
        assertThat(ear.text()).isEqualTo("a !@");
    }

    @Test
    void aWholeTextInJsonIsUnderstood() {
        lollms.answers(200, "'all at once'");

        assertThat(generate(Lollms.chat("hi")).text()).isEqualTo("all at once");
    }

    @Test
    void anErrorInAGoodAnswerIsAnError() {
        lollms.answers(200, "{'status':false,'error':'model is not loaded, very-secret'}");
        lollms.answers(200, "null");
        lollms.answers(200, "[1]");

        BindingException told = failure();
        assertThat(told.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(told).hasMessageContaining("not loaded");
        assertThat(told.getMessage()).doesNotContain("very-secret");
        assertThat(failure()).hasMessageContaining("no binding");
        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void nothingAtAllIsNoAnswer() {
        lollms.says("");

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void aTextThatIsCutOffIsAnError() {
        lollms.server()
                .enqueue(
                        Lollms.stream(Lollms.TEXT, "Once upon a time there was")
                                .onResponseBody(new SocketEffect.CloseSocket())
                                .build());

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void aServerThatFallsSilentIsLate() throws IOException {
        try (Lollms impatient = new Lollms(Map.of("idle_timeout", 0.2))) {
            impatient
                    .server()
                    .enqueue(
                            Lollms.stream(Lollms.TEXT, "Once upon a time there was")
                                    .onResponseBody(SocketEffect.Stall.INSTANCE)
                                    .build());

            assertThat(
                            Lollms.failure(() ->
                                            impatient
                                                    .binding()
                                                    .generate(Lollms.chat("hi").build(), ear))
                                    .code())
                    .isEqualTo(ErrorCode.TIMEOUT);
        }
    }

    @Test
    void whoWantsNoMoreOrCancelsGetsWhatThereIs() {
        String body = "one two three four five six";
        lollms.says(body);
        lollms.server()
                .enqueue(
                        Lollms.stream(Lollms.TEXT, body)
                                .onResponseBody(SocketEffect.Stall.INSTANCE)
                                .build());
        TestCancellation cancellation = new TestCancellation();

        GenerationResult refused = lollms.binding().generate(Lollms.chat("hi").build(), new Ear(1));
        GenerationResult cancelled =
                lollms.binding()
                        .generate(
                                Lollms.chat("hi").cancellation(cancellation).build(),
                                new Ear(_ -> cancellation.cancel()));

        assertThat(refused.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(cancelled.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(cancelled.text()).startsWith("one");
    }

    @Test
    void refusalsHaveTheContractsCodes() {
        lollms.answers(
                404, "{'status':false,'error':'model \\u0027x\\u0027 not found; there are: y'}");
        lollms.answers(404, "{'detail':'Not Found'}");
        lollms.answers(400, "{'status':false,'error':'echo does not support images'}");
        lollms.answers(401, "{'status':false,'error':'no key'}");
        lollms.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(500)
                                .addHeader("Content-Type", "text/html")
                                .body("<html><title>Oops</title></html>")
                                .build());

        assertThat(failure().code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure().code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(lollms.binding().health()).isNotEqualTo(Health.UP);
        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_AUTHENTICATION);
        assertThat(failure()).hasMessageContaining("Oops");
    }

    @Test
    void howLongToWaitIsPassedOnInSecondsAndAsADate() {
        limited("7");
        limited(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().plusSeconds(3600).atOffset(ZoneOffset.UTC)));

        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(7));
        BindingException dated = failure();
        assertThat(dated.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(dated.retryAfter().orElseThrow())
                .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(61));
    }

    private void limited(String retryAfter) {
        lollms.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(429)
                                .addHeader("Retry-After", retryAfter)
                                .body(MockProvider.quoted("{'status':false,'error':'slow down'}"))
                                .build());
    }

    private GenerationResult generate(GenerationRequest.Builder request) {
        return lollms.binding().generate(request.build(), ear);
    }

    private BindingException failure() {
        return Lollms.failure(() -> generate(Lollms.chat("hi")));
    }
}
