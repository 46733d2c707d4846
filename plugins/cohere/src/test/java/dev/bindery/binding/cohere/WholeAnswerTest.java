package dev.bindery.binding.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallPart;
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

/** Answers that come at once, and errors in place of them. */
class WholeAnswerTest {
    private Provider provider;

    @BeforeEach
    void start() throws Exception {
        provider = new Provider(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void everythingOfAnAnswerIsRead() {
        provider.answers(
                200,
                "{'id':'c-1','finish_reason':'TOOL_CALL','message':{'role':'assistant','tool_plan':'I look.',"
                        + "'content':[{'type':'thinking','thinking':'Hm.'},{'type':'text','text':'Wait.'},{'type':'news'}],"
                        + "'tool_calls':[{'id':'a','type':'function','function':{'name':'f','arguments':'{}'}},"
                        + "{'type':'function','function':{'name':'g','arguments':'{}'}}],"
                        + "'citations':[{'start':0,'end':1,'text':'W'}]},"
                        + "'logprobs':[{'text':'Wait.','token_ids':[1],'logprobs':[-0.5]}],"
                        + "'usage':{'billed_units':{'input_tokens':1},'tokens':{'input_tokens':9,'output_tokens':4}}}");

        GenerationResult result = provider.generate(Message.user("x"));

        assertThat(result.text()).isEqualTo("Wait.");
        assertThat(result.first().reasoning()).contains("I look.").contains("Hm.");
        assertThat(result.first().toolCalls())
                .extracting(ToolCallPart::id)
                .doesNotHaveDuplicates()
                .hasSize(2)
                .contains("a");
        assertThat(result.first().logprobs())
                .extracting(TokenLogprob::logprob)
                .containsExactly(-0.5);
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(9);
        assertThat(result.metadata().array("citations").items()).hasSize(1);
        assertThat(result.metadata().text("id")).contains("c-1");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, stop",
        "STOP_SEQUENCE, stop",
        "MAX_TOKENS, length",
        "ERROR_TOXIC, content_filter",
        "WEATHER, weather"
    })
    void anAnswerSaysWhyItEnded(String sent, String told) {
        provider.answers(200, Provider.whole("x").replace("COMPLETE", sent));

        assertThat(provider.generate(Message.user("x")).first().finishReason())
                .isEqualTo(new FinishReason(told));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|too many tokens: total number of tokens in the prompt cannot exceed 4081|CONTEXT_LENGTH_EXCEEDED",
                "400|invalid request: message must be at least 1 token long|INVALID_REQUEST",
                "400|image content is not supported for this model|UNSUPPORTED",
                "401|invalid api token|UPSTREAM_AUTHENTICATION",
                "402|please add a payment method|UPSTREAM_AUTHENTICATION",
                "404|model 'x' not found, make sure the correct model ID was used|MODEL_NOT_FOUND",
                "404|page not found|UPSTREAM_ERROR",
                "422|bad schema|INVALID_REQUEST",
                "429|You are using a Trial key, which is limited|RATE_LIMITED",
                "498|blocked output|CONTENT_FILTERED",
                "499|request cancelled|UPSTREAM_ERROR",
                "500|internal server error|UPSTREAM_ERROR",
                "501|not implemented|UNSUPPORTED",
                "503|service unavailable|UPSTREAM_UNAVAILABLE",
                "504|gateway timeout|TIMEOUT"
            })
    void coheresErrorsHaveAMeaning(int status, String message, String code) {
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(status)
                                .body("{\"message\":\"%s\"}".formatted(message))
                                .build());

        BindingException e = failure();

        assertThat(e.code().name()).isEqualTo(code);
        assertThat(e.upstreamStatus()).hasValue(status);
        assertThat(e).hasMessageContaining(message);
    }

    @Test
    void theTimeToWaitIsReadInBothForms() {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'message':'so sorry'}",
                "{'message':{'content':[]}}",
                "{'message':{'content':[]},'finish_reason':'ERROR'}"
            })
    void anAnswerWithoutOneIsAnError(String body) {
        provider.answers(200, body);

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    private BindingException failure() {
        return catchThrowableOfType(
                BindingException.class, () -> provider.generate(Message.user("x")));
    }
}
