package dev.bindery.binding.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong, and how it is told. */
class ErrorTest {
    private Provider provider;

    @BeforeEach
    void start() throws Exception {
        provider = new Provider(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|INVALID_ARGUMENT|Invalid value at 'contents'|INVALID_REQUEST",
                "400|INVALID_ARGUMENT|API key not valid. Please pass a valid API key.|UPSTREAM_AUTHENTICATION",
                "400|INVALID_ARGUMENT|The input token count (9) exceeds the maximum number of tokens allowed (8).|CONTEXT_LENGTH_EXCEEDED",
                "400|INVALID_ARGUMENT|Function calling is not enabled for models/gemma-3|UNSUPPORTED",
                "400|FAILED_PRECONDITION|User location is not supported for the API use.|UPSTREAM_AUTHENTICATION",
                "401|UNAUTHENTICATED|no|UPSTREAM_AUTHENTICATION",
                "403|PERMISSION_DENIED|no|UPSTREAM_AUTHENTICATION",
                "404|NOT_FOUND|models/x is not found for API version v1beta|MODEL_NOT_FOUND",
                "404|NOT_FOUND|Requested entity was not found.|UPSTREAM_ERROR",
                "429|RESOURCE_EXHAUSTED|You exceeded your current quota|RATE_LIMITED",
                "500|INTERNAL|An internal error has occurred.|UPSTREAM_ERROR",
                "503|UNAVAILABLE|The model is overloaded.|OVERLOADED",
                "504|DEADLINE_EXCEEDED|too late|TIMEOUT"
            })
    void googlesErrorsHaveAMeaning(int status, String word, String message, String code) {
        provider.answers(
                status,
                "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\"}}"
                        .formatted(status, message.replace("'", ""), word));

        BindingException e = failure();

        assertThat(e.code().name()).isEqualTo(code);
        assertThat(e.upstreamStatus()).hasValue(status);
        assertThat(e).hasMessageContaining(message.replace("'", ""));
    }

    @Test
    void theTimeToWaitIsReadInAllItsForms() {
        provider.answers(
                429,
                "{'error':{'code':429,'message':'slow','status':'RESOURCE_EXHAUSTED','details':["
                        + "{'@type':'type.googleapis.com/google.rpc.QuotaFailure','violations':[]},"
                        + "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'57s'}]}}");
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(57));

        refuses("120");
        assertThat(failure().retryAfter()).contains(Duration.ofMinutes(2));

        refuses(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusHours(1)));
        assertThat(failure().retryAfter().orElseThrow())
                .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(61));
    }

    private void refuses(String retryAfter) {
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(429)
                                .addHeader("Retry-After", retryAfter)
                                .build());
    }

    @Test
    void aPageOfHtmlIsShortenedAndNoSecretIsTold() {
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(500)
                                .addHeader("Content-Type", "text/html")
                                .body("<html><title>Oops " + Provider.KEY + "</title></html>")
                                .build());

        BindingException e = failure();

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageContaining("Oops ***");
        assertThat(e.toString()).doesNotContain(Provider.KEY);
    }

    @Test
    void aBlockedPromptIsAnErrorThatNamesTheReason() {
        provider.answers(
                200,
                "{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'},'usageMetadata':{'promptTokenCount':4}}");

        BindingException e = failure();

        assertThat(e.code()).isEqualTo(ErrorCode.CONTENT_FILTERED);
        assertThat(e).hasMessageContaining("PROHIBITED_CONTENT");
        assertThat(e.usage().orElseThrow().inputTokens()).hasValue(4);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, stop",
        "MAX_TOKENS, length",
        "SAFETY, content_filter",
        "RECITATION, content_filter",
        "PROHIBITED_CONTENT, content_filter",
        "SPII, content_filter",
        "IMAGE_SAFETY, content_filter",
        "OTHER, other",
        "WEATHER, weather"
    })
    void anAnswerSaysWhyItEnded(String sent, String told) {
        provider.answers(200, Provider.whole("{'text':'so far'}", sent));

        GenerationResult result = provider.generate(Message.user("x"));

        assertThat(result.text()).isEqualTo("so far");
        assertThat(result.first().finishReason()).isEqualTo(new FinishReason(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL"})
    void aCallThatNobodyCanMakeIsAFailureAndNoEmptyAnswer(String reason) {
        provider.answers(
                200,
                "{'candidates':[{'content':{},'finishReason':'%s','finishMessage':'print(x)'}]}"
                        .formatted(reason));

        BindingException e = failure();

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageContaining(reason).hasMessageContaining("print(x)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'candidates':[]}", "{'candidates':[{'content':{}}]}"})
    void anAnswerWithoutOneIsAnError(String body) {
        provider.answers(200, body);

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void aMediumThatIsNoneIsAnError() {
        provider.answers(
                200, Provider.whole("{'inlineData':{'mimeType':'image/png','data':'?'}}", "STOP"));

        assertThat(failure()).hasMessageContaining("no base64");
    }

    private BindingException failure() {
        return catchThrowableOfType(
                BindingException.class, () -> provider.generate(Message.user("x")));
    }
}
