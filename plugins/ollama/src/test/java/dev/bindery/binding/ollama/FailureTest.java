package dev.bindery.binding.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Health;
import dev.bindery.fixture.Ear;
import dev.bindery.fixture.MockProvider;
import dev.bindery.fixture.TestCancellation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    private Ollama ollama;
    private final Ear ear = new Ear();

    @BeforeEach
    void start() throws IOException {
        ollama = new Ollama(Map.of("api_key", "very-secret", "max_retries", 0));
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "404, model 'x' not found, MODEL_NOT_FOUND",
                "404, 404 page not found, UPSTREAM_ERROR",
                "400, smollm2 does not support thinking, UNSUPPORTED",
                "400, time: invalid duration, INVALID_REQUEST",
                "400, the input length exceeds the context length, CONTEXT_LENGTH_EXCEEDED",
                "500, the input length exceeds the context length, CONTEXT_LENGTH_EXCEEDED",
                "500, invalid format: poem, INVALID_REQUEST",
                "500, option num_ctx must be of type int, INVALID_REQUEST",
                "500, model requires more system memory (9 GiB) than is available (2 GiB), OVERLOADED",
                "500, llama runner process has terminated, UPSTREAM_ERROR",
                "503, server busy. maximum pending requests exceeded, OVERLOADED",
                "503, something else, UPSTREAM_UNAVAILABLE",
                "401, unauthorized, UPSTREAM_AUTHENTICATION",
                "403, no very-secret here, UPSTREAM_AUTHENTICATION"
            })
    void itsErrorsHaveTheContractsCodes(int status, String message, String code) {
        ollama.answers(status, "{'error':'%s'}".formatted(message.replace("'", "\\u0027")));

        BindingException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.of(code));
        assertThat(failure.upstreamStatus()).hasValue(status);
        assertThat(failure.getMessage())
                .contains(message.replace("very-secret", "***"))
                .doesNotContain("very-secret");
    }

    @Test
    void aPageOfHtmlIsAnError() {
        ollama.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(500)
                                .addHeader("Content-Type", "text/html")
                                .body("<html><head><title>Bad gateway</title></head></html>")
                                .build());

        BindingException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure.getMessage()).contains("Bad gateway").doesNotContain("<");
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
        ollama.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(429)
                                .addHeader("Retry-After", retryAfter)
                                .body(MockProvider.quoted("{'error':'slow down'}"))
                                .build());
    }

    @Test
    void anErrorInMidStreamEndsTheAnswer() {
        ollama.streams(
                Ollama.piece("so far"),
                "{'error':'an error was encountered while running the model'}");

        BindingException failure = failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure.getMessage()).contains("while running the model");
        assertThat(ear.text()).isEqualTo("so far");
    }

    @Test
    void aStreamThatEndsBeforeItsLastLineIsAnErrorAndNoShortAnswer() {
        ollama.streams(Ollama.piece("so far"));

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void aStreamThatIsCutInMidLineIsAnError() {
        String body = Ollama.lines(Ollama.piece("so far")) + "{\"message\":{\"content\":\"and th";
        ollama.server().enqueue(Ollama.ndjson(body).build());
        ollama.server()
                .enqueue(
                        Ollama.ndjson(body).onResponseBody(new SocketEffect.CloseSocket()).build());

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void aServerThatFallsSilentIsLate() throws IOException {
        try (Ollama impatient = new Ollama(Map.of("idle_timeout", 0.2))) {
            impatient
                    .server()
                    .enqueue(
                            Ollama.ndjson(Ollama.lines(Ollama.piece("so"), Ollama.piece(" far")))
                                    .onResponseBody(SocketEffect.Stall.INSTANCE)
                                    .build());

            assertThat(failure(impatient).code()).isEqualTo(ErrorCode.TIMEOUT);
        }
    }

    @Test
    void whoCancelsBeforeTheFirstLineGetsCancelled() {
        ollama.server()
                .enqueue(
                        new MockResponse.Builder()
                                .onResponseStart(SocketEffect.Stall.INSTANCE)
                                .build());
        TestCancellation cancellation = new TestCancellation();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        ollama.request();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    cancellation.cancel();
                });

        BindingException failure =
                catchThrowableOfType(
                        BindingException.class,
                        () ->
                                ollama.binding()
                                        .generate(
                                                Ollama.chat("hi")
                                                        .cancellation(cancellation)
                                                        .build(),
                                                ear));

        assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void healthFollowsTheServer() {
        assertThat(ollama.binding().health()).isEqualTo(Health.UP);
        ollama.answers(401, "{'error':'unauthorized'}");
        ollama.streams(Ollama.piece("a"), Ollama.DONE);

        failure();
        assertThat(ollama.binding().health()).isNotEqualTo(Health.UP);
        ollama.binding().generate(Ollama.chat("hi").build(), ear);
        assertThat(ollama.binding().health()).isEqualTo(Health.UP);
    }

    private BindingException failure() {
        return failure(ollama);
    }

    private BindingException failure(Ollama server) {
        return catchThrowableOfType(
                BindingException.class,
                () -> server.binding().generate(Ollama.chat("hi").build(), ear));
    }
}
