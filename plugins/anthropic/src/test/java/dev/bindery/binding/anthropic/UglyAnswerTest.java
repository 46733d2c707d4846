package dev.bindery.binding.anthropic;

import static dev.bindery.binding.anthropic.Provider.start;
import static dev.bindery.binding.anthropic.Provider.text;
import static dev.bindery.binding.anthropic.Provider.textBlock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.Message;
import dev.bindery.api.OperationType;
import dev.bindery.fixture.Ear;
import dev.bindery.fixture.MockProvider;
import dev.bindery.fixture.TestCancellation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UglyAnswerTest {
    private static final String BEGUN = Provider.events(start(), textBlock(0), text(0, "Hel"));

    private Provider provider;

    @BeforeEach
    void begin() throws IOException {
        provider = new Provider(Map.of("max_retries", 0));
    }

    @AfterEach
    void end() {
        provider.close();
    }

    private GenerationResult ask() {
        return provider.binding().generate(request().build(), new Ear());
    }

    private BindingException failure() {
        return catchThrowableOfType(BindingException.class, this::ask);
    }

    private static GenerationRequest.Builder request() {
        return GenerationRequest.chat("claude-opus-5", List.of(Message.user("Hi"))).streaming(true);
    }

    private static String error(String type, String message) {
        return "{'type':'error','error':{'type':'%s','message':'%s'},'request_id':'req_1'}"
                .formatted(type, message);
    }

    @Test
    void aStreamThatEndsInTheMiddleIsAnErrorThatKnowsWhatWasUsed() {
        provider.streamsRaw(BEGUN);

        BindingException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure).hasMessageContaining("in the middle of the answer");
        assertThat(failure.usage().orElseThrow().inputTokens()).hasValue(127);
        assertThat(provider.binding().health().status()).isEqualTo(Health.degraded("").status());
    }

    @Test
    void aStreamCutInTheMiddleOfAnEventIsAnError() {
        provider.streamsRaw(BEGUN + "event: content_block_delta\ndata: {\"type\":\"content_bl");

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void aConnectionThatBreaksIsAnError() {
        provider.server()
                .enqueue(
                        Provider.sse(BEGUN.repeat(1) + " ".repeat(9999))
                                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                                .build());

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void anEndedMessageIsWholeWithoutItsLastEvent() {
        String[] hello = Provider.hello();
        provider.streamsRaw(Provider.events(List.of(hello).subList(0, 6).toArray(String[]::new)));

        assertThat(ask().text()).isEqualTo("Hello");
    }

    @Test
    void aDeltaOfABlockThatNeverBeganIsAnError() {
        provider.streams(start(), text(3, "x"));

        assertThat(failure()).hasMessageContaining("content block 3");
    }

    @Test
    void anErrorInMidStreamHasItsCode() {
        provider.streamsRaw(BEGUN + Provider.events(error("overloaded_error", "Overloaded")));

        BindingException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(failure).hasMessageContaining("Overloaded");
        assertThat(failure.usage()).isPresent();
    }

    @Test
    void bytesThatComeOneByOneAreReadAsCharacters() {
        String stream = Provider.events(Provider.hello()).replace("Hel", "Grüße 😀 ");
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .addHeader("Content-Type", "text/event-stream")
                                .chunkedBody(
                                        new Buffer().write(stream.getBytes(StandardCharsets.UTF_8)),
                                        1)
                                .throttleBody(512, 10, TimeUnit.MILLISECONDS)
                                .build());

        assertThat(ask().text()).isEqualTo("Grüße 😀 lo");
    }

    @ParameterizedTest
    @CsvSource({
        "401, authentication_error, invalid x-api-key, UPSTREAM_AUTHENTICATION",
        "403, permission_error, not allowed, UPSTREAM_AUTHENTICATION",
        "404, not_found_error, model: claude-9, MODEL_NOT_FOUND",
        "404, not_found_error, no such path, UPSTREAM_ERROR",
        "413, request_too_large, Request exceeds the maximum size, INVALID_REQUEST",
        "400, invalid_request_error, prompt is too long: 9 tokens > 8 maximum, CONTEXT_LENGTH_EXCEEDED",
        "400, invalid_request_error, input length and `max_tokens` exceed context limit: 1 + 2 > 2, CONTEXT_LENGTH_EXCEEDED",
        "400, invalid_request_error, max_tokens: Field required, INVALID_REQUEST",
        "400, invalid_request_error, Output blocked by content filtering policy, CONTENT_FILTERED",
        "400, invalid_request_error, Your credit balance is too low, UPSTREAM_AUTHENTICATION",
        "500, api_error, Internal server error, UPSTREAM_ERROR",
        "504, timeout_error, too long, TIMEOUT",
        "529, overloaded_error, Overloaded, OVERLOADED"
    })
    void everyErrorHasItsCode(int status, String type, String message, String code) {
        provider.answers(status, error(type, message));

        BindingException failure = failure();

        assertThat(failure.code().name()).isEqualTo(code);
        assertThat(failure.upstreamStatus()).hasValue(status);
        assertThat(failure).hasMessageContaining(message);
    }

    @Test
    void aLimitOfTheRateTellsHowLongToWaitInSecondsOrUntilWhen() {
        refuse("30");
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(30));

        refuse(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(90)));
        BindingException failure = failure();
        assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(failure.retryAfter().orElseThrow())
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(91));
    }

    private void refuse(String retryAfter) {
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(429)
                                .addHeader("Retry-After", retryAfter)
                                .body(MockProvider.quoted(error("rate_limit_error", "slow down")))
                                .build());
    }

    @Test
    void aPageOfHtmlIsAnErrorInWords() {
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(500)
                                .addHeader("Content-Type", "text/html")
                                .body("<html><title>Bad day</title></html>")
                                .build());

        BindingException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure).hasMessageContaining("Bad day").hasMessageNotContaining("<");
    }

    @Test
    void whatIsNoMessageIsAnError() {
        provider.answers(200, "{'choices':[]}");
        assertThat(failure()).hasMessageContaining("no message");

        provider.answers(200, error("api_error", "hidden"));
        assertThat(failure()).hasMessageContaining("hidden");
    }

    @Test
    void theKeyIsInNoError() {
        provider.answers(401, error("authentication_error", "bad key " + Provider.KEY));

        assertThat(failure()).hasMessageNotContaining(Provider.KEY);
    }

    @Test
    void whoeverWantsNoMoreGetsWhatThereWas() {
        provider.streams(Provider.hello());

        GenerationResult result = provider.binding().generate(request().build(), new Ear(2));

        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(result.text()).isEqualTo("Hel");
    }

    @Test
    void aCancelledAnswerIsWhatHadCome() {
        TestCancellation cancellation = new TestCancellation();
        provider.server()
                .enqueue(
                        Provider.sse(BEGUN + Provider.events(text(0, "lo")).repeat(999))
                                .throttleBody(BEGUN.length() * 2L, 1, TimeUnit.SECONDS)
                                .build());
        Ear ear =
                new Ear(heard -> {
                    if (heard.type().equals(OperationType.ADD_CHUNK)) {
                        cancellation.cancel();
                    }
                });

        GenerationResult result =
                provider.binding().generate(request().cancellation(cancellation).build(), ear);

        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(result.text()).startsWith("Hel").isEqualTo(ear.text());
    }

    @Test
    void aRequestIsCancelledBeforeItsAnswerBegins() throws Exception {
        TestCancellation cancellation = new TestCancellation();
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .onResponseStart(SocketEffect.Stall.INSTANCE)
                                .build());
        CompletableFuture<BindingException> failure =
                CompletableFuture.supplyAsync(() ->
                        catchThrowableOfType(
                                BindingException.class,
                                () ->
                                        provider.binding()
                                                .generate(
                                                        request()
                                                                .cancellation(cancellation)
                                                                .build(),
                                                        new Ear())));
        provider.request();

        cancellation.cancel();

        assertThat(failure.get(10, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
    }
}
