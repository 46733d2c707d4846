package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderErrorTest {
    private final ErrorRules rules =
            ErrorRules.builder()
                    .code("Too_Long", ErrorCode.CONTEXT_LENGTH_EXCEEDED)
                    .message(404, "model", ErrorCode.MODEL_NOT_FOUND)
                    .status(418, ErrorCode.OVERLOADED)
                    .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"why\"}}",
                "{\"error\":\"why\"}",
                "{\"message\":\"why\"}",
                "{\"detail\":\"why\"}",
                "[{\"error\":{\"message\":\"why\"}}]",
                "<html><head><title> why </title></head><body>more</body></html>",
                "<p>why</p><script>var x;</script>",
                "why"
            })
    void theMessageIsFoundInEveryForm(String body) {
        assertThat(error(400, body).message()).isEqualTo("why");
    }

    @Test
    void anEmptyBodyHasNoReason() {
        assertThat(error(500, "").message()).isEqualTo("no reason given");
        assertThat(error(500, "{}").message()).isEqualTo("no reason given");
    }

    @Test
    void aLongPageIsShortenedAndNoCharacterIsCut() {
        String message = error(500, "<p>" + "x".repeat(199) + "😀 and more</p>").message();

        assertThat(message).isEqualTo("x".repeat(199) + "…");
    }

    @Test
    void codesComeBeforeWordsAndWordsBeforeTheStatus() {
        assertThat(code(404, "{\"error\":{\"code\":\"too_long\",\"message\":\"model\"}}"))
                .isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertThat(code(404, "{\"error\":{\"message\":\"no such Model\"}}"))
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(code(404, "no such page")).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(code(418, "")).isEqualTo(ErrorCode.OVERLOADED);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, UPSTREAM_AUTHENTICATION",
        "403, UPSTREAM_AUTHENTICATION",
        "408, TIMEOUT",
        "422, INVALID_REQUEST",
        "429, RATE_LIMITED",
        "500, UPSTREAM_ERROR",
        "503, UPSTREAM_UNAVAILABLE",
        "504, TIMEOUT",
        "529, OVERLOADED",
        "302, UPSTREAM_ERROR"
    })
    void everyStatusHasAMeaning(int status, String name) {
        assertThat(code(status, "").name()).isEqualTo(name);
    }

    @Test
    void anErrorInsideAnAnswerMayNameItsStatus() {
        var body = Json.parse("{\"error\":{\"code\":429,\"message\":\"slow down\"}}");

        assertThat(rules.codeOf(ProviderError.of(body))).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    private ErrorCode code(int status, String body) {
        return rules.codeOf(error(status, body));
    }

    private static ProviderError error(int status, String body) {
        return ProviderError.of(status, body.getBytes(StandardCharsets.UTF_8));
    }
}
