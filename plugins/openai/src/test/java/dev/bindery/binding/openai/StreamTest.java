package dev.bindery.binding.openai;

import static dev.bindery.binding.openai.Provider.end;
import static dev.bindery.binding.openai.Provider.events;
import static dev.bindery.binding.openai.Provider.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streamed answers, good and ugly. */
class StreamTest {
    private static final String USAGE =
            "{'choices':[],'usage':{'prompt_tokens':9,'completion_tokens':4,'total_tokens':13,"
                    + "'prompt_tokens_details':{'cached_tokens':3},"
                    + "'completion_tokens_details':{'reasoning_tokens':2}}}";

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
    void theTextComesPieceByPieceAndAddsUp() {
        provider.streams(
                "{'id':'chatcmpl-1','model':'m-1','choices':[{'index':0,'delta':{'role':'assistant','content':''},'finish_reason':null}]}",
                text("Hel"),
                text("lo"),
                end("stop"),
                USAGE);

        GenerationResult result = generate();

        assertThat(chunks()).containsExactly("Hel", "lo");
        assertThat(result.text()).isEqualTo("Hello");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.metadata().text("id")).contains("chatcmpl-1");
        Usage usage = result.usage().orElseThrow();
        assertThat(usage.inputTokens()).hasValue(9);
        assertThat(usage.cacheReadTokens()).hasValue(3);
        assertThat(usage.outputTokens()).hasValue(4);
        assertThat(usage.reasoningTokens()).hasValue(2);
    }

    @Test
    void commentsUnknownFieldsEmptyChoicesAndSlowBytesDoNoHarm() {
        String stream =
                "\uFEFF: keep-alive\r\n\r\nid: 5\r\nevent: message\r\nretry: 3\r\n"
                        + events(
                                        "{'choices':[],'prompt_filter_results':[{'x':1}]}",
                                        "{'what':{'is':'this'},'choices':[{'index':0,'delta':{'content':'grün 日本 😀','odd':1},'more':[]}]}",
                                        "{'choices':null}",
                                        end("length"))
                                .replace("\n", "\r\n")
                        + "data: [DONE]";
        provider.server()
                .enqueue(Provider.sse(stream).throttleBody(11, 1, TimeUnit.MILLISECONDS).build());

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("grün 日本 😀");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void aCharacterThatIsSentInTwoHalvesIsHandedOnWhole() {
        provider.streams(text("a\\ud83d"), text("\\ude00b"), text("c\\ud83d"), end("stop"));

        GenerationResult result = generate();

        assertThat(chunks()).containsExactly("a", "😀b", "c", "\uFFFD");
        assertThat(result.text()).isEqualTo("a😀bc\uFFFD");
    }

    @Test
    void aPageInThePlaceOfAStreamIsShown() {
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .code(200)
                                .setHeader("Content-Type", "text/html; charset=utf-8")
                                .body("<html><title>Log in to the hotel</title></html>")
                                .build());

        assertThat(failure())
                .hasMessageContaining("is base_url right?")
                .hasMessageContaining("Log in to the hotel");
    }

    @Test
    void textThatLooksLikeTheEndOfTheStreamIsText() {
        provider.streams(text("data: [DONE]\\n\\n\\u2028"), end("stop"));

        assertThat(generate().text()).isEqualTo("data: [DONE]\n\n\u2028");
    }

    @Test
    void toolCallsComeInFragmentsOfSeveralIndexes() {
        provider.streams(
                call(0, "'id':'a','type':'function',", "'name':'one','arguments':''"),
                call(0, "", "'arguments':'{\\'x\\''".replace("\\'", "\\\"")),
                call(1, "'id':'b',", "'name':'two','arguments':'{}'"),
                call(0, "'id':'a',", "'arguments':':1}'"),
                end("tool_calls"));

        GenerationResult result = generate();

        assertThat(result.first().toolCalls())
                .extracting(ToolCallPart::id, ToolCallPart::name, ToolCallPart::arguments)
                .containsExactly(tuple("a", "one", "{\"x\":1}"), tuple("b", "two", "{}"));
        assertThat(heard.stream().flatMap(op -> op.toolCall().stream()))
                .containsExactly(
                        ToolCallDelta.of(0, "a", "one", ""),
                        ToolCallDelta.of(0, null, null, "{\"x\""),
                        ToolCallDelta.of(1, "b", "two", "{}"),
                        ToolCallDelta.of(0, null, null, ":1}"));
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void toolCallsWithoutIndexesAndIdsAreToldApart() {
        provider.streams(
                "{'choices':[{'delta':{'tool_calls':[{'id':'a','function':{'name':'f','arguments':'1'}},{'id':'b','function':{'name':'g','arguments':'2'}}]}}]}",
                end("stop"));

        GenerationResult result = generate();

        assertThat(result.first().toolCalls())
                .extracting(ToolCallPart::name)
                .containsExactly("f", "g");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void reasoningIsNoPartOfTheText() {
        provider.streams(
                "{'choices':[{'index':0,'delta':{'reasoning_content':'I think','content':null}}]}",
                "{'choices':[{'index':0,'delta':{'reasoning':', so','content':''}}]}",
                text("yes"),
                end("stop"));

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("yes");
        assertThat(result.first().reasoning()).isEqualTo("I think, so");
        assertThat(heard.getFirst().type()).isEqualTo(OperationType.REASONING);
    }

    @Test
    void aRefusalIsSaidAndNamed() {
        provider.streams("{'choices':[{'index':0,'delta':{'refusal':'I cannot.'}}]}", end("stop"));

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("I cannot.");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.REFUSAL);
    }

    @Test
    void candidatesMayInterleave() {
        provider.streams(
                "{'choices':[{'index':1,'delta':{'content':'b'}}]}",
                "{'choices':[{'index':0,'delta':{'content':'a'}}]}",
                "{'choices':[{'index':1,'delta':{'content':'B'},'finish_reason':'length'}]}",
                end("stop"));

        GenerationResult result = generate(chat().candidates(2).build());

        assertThat(result.candidates()).extracting(c -> c.text()).containsExactly("a", "bB");
        assertThat(result.candidates())
                .extracting(c -> c.finishReason())
                .containsExactly(FinishReason.STOP, FinishReason.LENGTH);
        assertThat(heard.getFirst().candidate()).isOne();
    }

    @Test
    void logprobsComeWithTheirTokens() {
        provider.streams(
                "{'choices':[{'index':0,'delta':{'content':'Hi'},'logprobs':{'content':[{'token':'Hi','logprob':-0.5,'bytes':[72,105],'top_logprobs':[{'token':'Ho','logprob':-2}]}]}}]}",
                end("stop"));

        GenerationResult result = generate(chat().logprobs(1).build());

        assertThat(result.first().logprobs()).hasSize(1);
        assertThat(result.first().logprobs().getFirst().logprob()).isEqualTo(-0.5);
        assertThat(result.first().logprobs().getFirst().alternatives().getFirst().token())
                .isEqualTo("Ho");
    }

    @Test
    void anAnswerThatIsFinishedNeedsNoDone() {
        provider.streamsRaw(events(text("whole"), end("stop")));

        assertThat(generate().text()).isEqualTo("whole");
    }

    @Test
    void aStreamThatEndsBeforeItsFinishIsAnErrorWithWhatItCost() {
        provider.streamsRaw(events(text("half"), USAGE));

        BindingException e = failure();

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageContaining("in the middle of the answer");
        assertThat(e.usage().orElseThrow().outputTokens()).hasValue(4);
        assertThat(chunks()).containsExactly("half");
    }

    @Test
    void oneFinishedCandidateOfTwoIsNoWholeAnswer() {
        provider.streamsRaw(events(text("whole"), end("stop")));

        BindingException e = failure(chat().candidates(2).build());

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void aStreamThatIsCutWithinAnEventIsAnError() {
        provider.streamsRaw(events(text("half")) + "data: {\"choices\":[{\"ind");

        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void anErrorInMidStreamKeepsItsMeaningAndWhatItCost() {
        provider.streamsRaw(
                events(text("half"), USAGE, "{'error':{'code':429,'message':'too much'}}"));

        BindingException e = failure();

        assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(e).hasMessageContaining("too much");
        assertThat(e.usage()).isPresent();
    }

    @Test
    void anErrorMayAlsoBeAnEventOfItsOwnOrOfAChoice() {
        provider.streamsRaw("event: error\ndata: {\"message\":\"out of memory\"}\n\n");
        assertThat(failure()).hasMessageContaining("out of memory");

        provider.streamsRaw(
                events(
                        "{'choices':[{'index':0,'delta':{},'error':{'code':502,'message':'gone'}}]}"));
        assertThat(failure()).hasMessageContaining("gone");
    }

    @Test
    void aStreamOfNothingIsAnError() {
        provider.streams();

        assertThat(failure()).hasMessageContaining("without an answer");
    }

    @Test
    void aChoiceThatNobodyAskedForIsAnError() {
        provider.streams("{'choices':[{'index':4,'delta':{'content':'x'}}]}");

        assertThat(failure()).hasMessageContaining("index 4 where 1 were asked for");
    }

    @Test
    void aServerThatDoesNotStreamIsUnderstood() {
        provider.answers(
                200,
                "{'choices':[{'index':0,'message':{'content':'at once'},'finish_reason':'stop'}]}");

        assertThat(generate().text()).isEqualTo("at once");
    }

    private static String call(int index, String head, String function) {
        return "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':%d,%s'function':{%s}}]}}]}"
                .formatted(index, head, function);
    }

    private static GenerationRequest.Builder chat() {
        return GenerationRequest.chat("m", List.of(Message.user("Hi"))).streaming(true);
    }

    private GenerationResult generate() {
        return generate(chat().build());
    }

    private GenerationResult generate(GenerationRequest request) {
        return provider.binding().generate(request, heard::add);
    }

    private BindingException failure() {
        return failure(chat().build());
    }

    private BindingException failure(GenerationRequest request) {
        return catchThrowableOfType(BindingException.class, () -> generate(request));
    }

    private List<String> chunks() {
        return heard.stream()
                .filter(op -> op.type().equals(OperationType.ADD_CHUNK))
                .map(Operation::text)
                .toList();
    }
}
