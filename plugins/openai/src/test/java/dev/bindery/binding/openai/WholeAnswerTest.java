package dev.bindery.binding.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallPart;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that come at once, and errors in place of them. */
class WholeAnswerTest {
    private final List<Operation> heard = new ArrayList<>();
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
    void textToolsReasoningAndUsageAreRead() {
        provider.answers(
                200,
                "{'id':'c','system_fingerprint':'fp','choices':[{'index':0,'finish_reason':'tool_calls','logprobs':null,"
                        + "'message':{'role':'assistant','content':'Wait.','refusal':null,'reasoning_content':'Hm','tool_calls':["
                        + "{'id':'a','type':'function','function':{'name':'f','arguments':'{}'}},"
                        + "{'id':'b','type':'function','function':{'name':'g','arguments':{'x':1}}}]}}],"
                        + "'usage':{'prompt_tokens':3,'completion_tokens':5}}");

        GenerationResult result = generate(chat().build());

        assertThat(result.text()).isEqualTo("Wait.");
        assertThat(result.first().reasoning()).isEqualTo("Hm");
        assertThat(result.first().toolCalls())
                .extracting(ToolCallPart::arguments)
                .containsExactly("{}", "{\"x\":1}");
        assertThat(result.usage().orElseThrow().outputTokens()).hasValue(5);
        assertThat(result.usage().orElseThrow().cacheReadTokens()).isEmpty();
        assertThat(result.metadata().text("system_fingerprint")).contains("fp");
        assertThat(heard).hasSize(5);
    }

    @Test
    void severalCandidatesAreReadWhateverTheirOrder() {
        provider.answers(
                200,
                "{'choices':[{'index':1,'message':{'content':'b'},'finish_reason':'length'},"
                        + "{'index':0,'message':{'content':'a'},'finish_reason':'stop'}]}");

        GenerationResult result = generate(chat().candidates(2).build());

        assertThat(result.candidates()).extracting(Candidate::text).containsExactly("a", "b");
    }

    @Test
    void contentMayBeAListOfParts() {
        provider.answers(
                200,
                "{'choices':[{'message':{'content':[{'type':'text','text':'one '},{'type':'text','text':'two'}]},'finish_reason':'stop'}]}");

        assertThat(generate(chat().build()).text()).isEqualTo("one two");
    }

    @Test
    void aCompletionHasItsTextAndLogprobs() throws Exception {
        provider.answers(
                200,
                "{'choices':[{'index':0,'text':'ab','finish_reason':'stop','stop_reason':'END','logprobs':"
                        + "{'tokens':['a','b'],'token_logprobs':[null,-1.5],'top_logprobs':[null,{'b':-1.5,'c':-0.5}]}}]}");

        GenerationResult result = generate(GenerationRequest.prompt("m", "x").build());

        assertThat(provider.request().getTarget()).isEqualTo("/v1/completions");
        assertThat(result.text()).isEqualTo("ab");
        assertThat(result.first().stopSequence()).contains("END");
        TokenLogprob logprob = result.first().logprobs().getFirst();
        assertThat(logprob.token()).isEqualTo("b");
        assertThat(logprob.alternatives())
                .extracting(TokenLogprob::token)
                .containsExactly("c", "b");
    }

    @Test
    void aServerThatStreamsUnaskedIsUnderstood() {
        provider.streams(Provider.text("any"), Provider.text("way"), Provider.end("stop"));

        assertThat(generate(chat().build()).text()).isEqualTo("anyway");
    }

    @Test
    void anAnswerWithoutAChoiceIsAnError() {
        provider.answers(200, "{'choices':[]}");

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void anErrorUnderAGoodStatusIsAnError() {
        provider.answers(200, "{'error':{'message':'no','code':'context_length_exceeded'}}");

        assertThat(failure().code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {'error':{'message':'too long','code':'context_length_exceeded'}} | CONTEXT_LENGTH_EXCEEDED",
                "400 | {'error':{'message':'exceeds the available context size'}} | CONTEXT_LENGTH_EXCEEDED",
                "400 | {'error':{'message':'bad temperature'}} | INVALID_REQUEST",
                "400 | {'error':{'message':'no','code':'content_filter'}} | CONTENT_FILTERED",
                "400 | {'error':{'message':'no','code':'unsupported_parameter'}} | UNSUPPORTED",
                "401 | {'error':{'message':'Incorrect API key','code':'invalid_api_key'}} | UPSTREAM_AUTHENTICATION",
                "403 | {'error':{'message':'region'}} | UPSTREAM_AUTHENTICATION",
                "404 | {'error':{'message':'The model x does not exist','code':'model_not_found'}} | MODEL_NOT_FOUND",
                "404 | {'object':'error','message':'The model x does not exist.','code':404} | MODEL_NOT_FOUND",
                "404 | not found | UPSTREAM_ERROR",
                "501 | {'error':{'message':'This server does not support embeddings.','type':'not_supported_error'}} | UNSUPPORTED",
                "429 | {'error':{'message':'quota','type':'insufficient_quota'}} | RATE_LIMITED",
                "500 | {'error':{'message':'oops','type':'server_error'}} | UPSTREAM_ERROR",
                "503 | {'error':{'message':'busy','code':'slow_down'}} | OVERLOADED",
                "503 | {} | UPSTREAM_UNAVAILABLE"
            })
    void everyErrorHasItsMeaning(int status, String body, String code) {
        provider.answers(status, body);

        BindingException e = failure();

        assertThat(e.code().name()).isEqualTo(code);
        assertThat(e.upstreamStatus()).hasValue(status);
        assertThat(provider.server().getRequestCount()).isOne();
    }

    @Test
    void retryAfterIsKeptWhereItFitsAndPassedOnWhereItDoesNot() {
        provider.server().enqueue(refused("0"));
        provider.answers(200, "{'choices':[{'message':{'content':'at last'}}]}");
        assertThat(generate(chat().build()).text()).isEqualTo("at last");

        provider.server().enqueue(refused(inTenYears()));
        BindingException e = failure();
        assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(e.retryAfter().orElseThrow()).isGreaterThan(Duration.ofDays(364));
    }

    @Test
    void anAnswerThatSaysNothingOfItsEndHasStopped() {
        provider.answers(200, "{'choices':[{'message':{'content':'x'},'finish_reason':null}]}");

        assertThat(generate(chat().build()).first().finishReason()).isEqualTo(FinishReason.STOP);
    }

    private static String inTenYears() {
        return OffsetDateTime.now(ZoneOffset.UTC)
                .plusYears(10)
                .format(DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private static MockResponse refused(String retryAfter) {
        return new MockResponse.Builder().code(429).addHeader("Retry-After", retryAfter).build();
    }

    private static GenerationRequest.Builder chat() {
        return GenerationRequest.chat("m", List.of(Message.user("Hi")));
    }

    private GenerationResult generate(GenerationRequest request) {
        return provider.binding().generate(request, heard::add);
    }

    private BindingException failure() {
        return catchThrowableOfType(BindingException.class, () -> generate(chat().build()));
    }
}
