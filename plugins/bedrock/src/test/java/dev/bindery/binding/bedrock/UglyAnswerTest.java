package dev.bindery.binding.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.api.OperationType;
import dev.bindery.fixture.Ear;
import dev.bindery.fixture.TestCancellation;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
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
    private Provider provider;

    @BeforeEach
    void begin() throws IOException {
        provider = new Provider();
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
        return GenerationRequest.chat("amazon.nova-pro-v1:0", List.of(Message.user("Hi")))
                .streaming(true);
    }

    @Test
    void aStreamThatEndsInTheMiddleIsAnError() {
        provider.streams(new Frames().start().text(0, "Hel"));

        BindingException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure).hasMessageContaining("in the middle of the answer");
    }

    @Test
    void aStreamCutInTheMiddleOfAFrameIsAnError() {
        byte[] whole = new Frames().start().text(0, "Hello").bytes();
        provider.streams(Arrays.copyOf(whole, whole.length - 9));

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void aDamagedFrameIsAnError() {
        byte[] damaged = Frames.hello().bytes();
        damaged[damaged.length / 2] ^= 1;
        provider.streams(damaged);

        BindingException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure).hasMessageContaining("damaged frame");
    }

    @Test
    void aConnectionThatBreaksIsAnError() {
        provider.server()
                .enqueue(
                        stream(Frames.hello().bytes(), 16)
                                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                                .build());

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    private static MockResponse.Builder stream(byte[] bytes, int piece) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", Frames.TYPE)
                .chunkedBody(new Buffer().write(bytes), piece);
    }

    @Test
    void bytesThatComeOneByOneMakeFrames() {
        byte[] bytes = new Frames().start().text(0, "Grüße 😀").stop(0).end("end_turn").bytes();
        provider.server()
                .enqueue(stream(bytes, 1).throttleBody(512, 10, TimeUnit.MILLISECONDS).build());

        assertThat(ask().text()).isEqualTo("Grüße 😀");
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException, Too many requests, RATE_LIMITED",
        "modelStreamErrorException, the model broke, UPSTREAM_ERROR",
        "internalServerException, oops, UPSTREAM_ERROR",
        "serviceUnavailableException, later, UPSTREAM_UNAVAILABLE",
        "validationException, Input is too long for requested model., CONTEXT_LENGTH_EXCEEDED",
        "validationException, messages is wrong, INVALID_REQUEST",
        "brandNewException, hm, UPSTREAM_ERROR"
    })
    void anExceptionInsideTheStreamHasItsCode(String type, String message, String code) {
        provider.streams(new Frames().start().text(0, "Hel").exception(type, message));

        BindingException failure = failure();

        assertThat(failure.code().name()).isEqualTo(code);
        assertThat(failure).hasMessageContaining(message);
    }

    @Test
    void anErrorInTheFramingHasItsWords() {
        provider.streams(
                new Frames()
                        .frame(
                                Map.of(
                                        ":message-type",
                                        "error",
                                        ":error-code",
                                        "InternalError",
                                        ":error-message",
                                        "no more"),
                                ""));

        assertThat(failure()).hasMessageContaining("no more");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ValidationException, Input is too long for requested model., CONTEXT_LENGTH_EXCEEDED",
        "400, ValidationException, The provided model identifier is invalid., MODEL_NOT_FOUND",
        "400, ValidationException, messages: wrong, INVALID_REQUEST",
        "400, ServiceQuotaExceededException, quota, RATE_LIMITED",
        "403, AccessDeniedException, no access to the model, UPSTREAM_AUTHENTICATION",
        "403, ExpiredTokenException, expired, UPSTREAM_AUTHENTICATION",
        "404, ResourceNotFoundException, no such model, MODEL_NOT_FOUND",
        "408, ModelTimeoutException, slow, TIMEOUT",
        "424, ModelErrorException, broke, UPSTREAM_ERROR",
        "429, ThrottlingException, Too many requests, RATE_LIMITED",
        "429, ModelNotReadyException, loading, OVERLOADED",
        "500, InternalServerException, oops, UPSTREAM_ERROR",
        "503, ServiceUnavailableException, later, UPSTREAM_UNAVAILABLE"
    })
    void everyErrorHasItsCode(int status, String type, String message, String code) {
        provider.fails(status, type, message);

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
        assertThat(failure().retryAfter().orElseThrow())
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(91));
    }

    private void refuse(String retryAfter) {
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(429)
                                .addHeader("Retry-After", retryAfter)
                                .body("{\"message\":\"slow down\"}")
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
        provider.answers(200, "{}");
        assertThat(failure()).hasMessageContaining("event stream");

        provider.answers(200, "{}");
        assertThat(
                        catchThrowableOfType(
                                BindingException.class,
                                () ->
                                        provider.binding()
                                                .generate(
                                                        request().streaming(false).build(),
                                                        new Ear())))
                .hasMessageContaining("no message");
    }

    @Test
    void noSecretIsInAnError() {
        provider.fails(
                403,
                "InvalidSignatureException",
                "The canonical request was x-amz-security-token:%s with %s"
                        .formatted(Provider.TOKEN, Provider.SECRET));

        assertThat(failure())
                .hasMessageNotContaining(Provider.TOKEN)
                .hasMessageNotContaining(Provider.SECRET);
    }

    @Test
    void whoeverWantsNoMoreGetsWhatThereWas() {
        provider.streams(Frames.hello());

        GenerationResult result = provider.binding().generate(request().build(), new Ear(1));

        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(result.text()).isEqualTo("Hel");
    }

    @Test
    void aCancelledAnswerIsWhatHadCome() {
        TestCancellation cancellation = new TestCancellation();
        Frames frames = new Frames().start().text(0, "Hel");
        for (int i = 0; i < 999; i++) {
            frames.text(0, "lo");
        }
        provider.server()
                .enqueue(
                        stream(frames.bytes(), 16).throttleBody(1024, 1, TimeUnit.SECONDS).build());
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
