package dev.bindery.binding.cohere;

import static dev.bindery.binding.cohere.Provider.delta;
import static dev.bindery.binding.cohere.Provider.end;
import static dev.bindery.binding.cohere.Provider.events;
import static dev.bindery.binding.cohere.Provider.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import dev.bindery.fixture.Ear;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streamed answers, good and ugly. */
class StreamTest {
    private static final String START =
            "{'type':'message-start','id':'m-1','delta':{'message':{'role':'assistant','content':[],'tool_calls':[]}}}";

    private final Ear ear = new Ear();
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
    void theTextComesPieceByPieceAndAddsUp() throws Exception {
        provider.streams(
                START,
                delta("content-start", "'content':{'type':'text','text':''}"),
                text("Hel"),
                text("lo"),
                "{'type':'content-end','index':0}",
                Provider.END);

        GenerationResult result = generate();

        assertThat(ear.operations(OperationType.ADD_CHUNK))
                .extracting(Operation::text)
                .containsExactly("Hel", "lo");
        assertThat(result.text()).isEqualTo("Hello");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.metadata().text("id")).contains("m-1");
        assertThat(result.metadata().object("billed_units").whole("input_tokens")).hasValue(3);
        Usage usage = result.usage().orElseThrow();
        assertThat(usage.inputTokens()).hasValue(71);
        assertThat(usage.outputTokens()).hasValue(5);
        assertThat(usage.cacheReadTokens()).hasValue(64);
        assertThat(provider.request().getTarget()).isEqualTo("/v2/chat");
    }

    @Test
    void keepAlivesUnknownEventsEmptyContentAndSlowBytesDoNoHarm() {
        String stream =
                "\uFEFF: keep-alive\r\n\r\n"
                        + events(
                                        "{'type':'sparkle','of':'a later version'}",
                                        delta("content-start", "'content':null"),
                                        delta("content-delta", "'news':1"),
                                        text("grün 日本 😀"),
                                        end("MAX_TOKENS"))
                                .replace("\n", "\r\n")
                        + "data: [DONE]";
        provider.server()
                .enqueue(Provider.sse(stream).throttleBody(11, 1, TimeUnit.MILLISECONDS).build());

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("grün 日本 😀");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void charactersThatAreSplitAreHandedOnWhole() {
        provider.streams(text("a\\ud83d"), text("\\ude00b\\ud83d"), end("COMPLETE"));

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("a😀b\uFFFD");
        assertThat(ear.text()).isEqualTo(result.text());
    }

    @Test
    void thinkingAndPlansAreThoughtsOfTheirOwnKind() {
        provider.streams(
                delta("content-start", "'content':{'type':'thinking','thinking':'Let'}"),
                delta("content-delta", "'content':{'thinking':' me see.'}"),
                delta("tool-plan-delta", "'tool_plan':'I will '"),
                delta("tool-plan-delta", "'tool_plan':'look.'"),
                text("So."),
                end("COMPLETE"));

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("So.");
        assertThat(result.first().reasoning()).isEqualTo("Let me see.I will look.");
        assertThat(result.first().parts().stream().filter(ReasoningPart.class::isInstance))
                .extracting(
                        part -> ((ReasoningPart) part).text(),
                        part -> part.providerData().object("cohere").text("kind").orElse(""))
                .containsExactly(
                        tuple("Let me see.", "thinking"), tuple("I will look.", "tool_plan"));
        assertThat(ear.operations(OperationType.REASONING))
                .filteredOn(op -> !op.reasoning().orElseThrow().providerData().isEmpty())
                .as("each thought is closed once, after its text")
                .hasSize(2)
                .extracting(Operation::text)
                .containsOnly("");
    }

    @Test
    void toolCallsComeInFragmentsOneAfterTheOther() {
        provider.streams(
                START,
                delta("tool-plan-delta", "'tool_plan':'I look'"),
                call(
                        "tool-call-start",
                        "'id':'f_1','type':'function',",
                        "'name':'f','arguments':''"),
                call("tool-call-delta", "", "'arguments':'{\\\"x\\\"'"),
                call("tool-call-delta", "", "'arguments':':1}'"),
                "{'type':'tool-call-end','index':0}",
                call("tool-call-start", "'id':'g_2',", "'name':'g','arguments':'{}'"),
                "{'type':'tool-call-end','index':1}",
                end("TOOL_CALL"));

        GenerationResult result = generate();

        assertThat(result.first().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(result.first().toolCalls())
                .extracting(ToolCallPart::id, ToolCallPart::name, ToolCallPart::arguments)
                .containsExactly(tuple("f_1", "f", "{\"x\":1}"), tuple("g_2", "g", "{}"));
        assertThat(ear.operations().stream().flatMap(op -> op.toolCall().stream()))
                .containsExactly(
                        ToolCallDelta.of(0, "f_1", "f", ""),
                        ToolCallDelta.of(0, null, null, "{\"x\""),
                        ToolCallDelta.of(0, null, null, ":1}"),
                        ToolCallDelta.of(1, "g_2", "g", "{}"));
    }

    @Test
    void citationsAreMetadata() {
        provider.streams(
                text("Gym"),
                delta(
                        "citation-start",
                        "'citations':{'start':0,'end':3,'text':'Gym','sources':[{'type':'document','id':'doc:1'}]}"),
                "{'type':'citation-end','index':0}",
                delta("citation-start", "'citations':{'start':1,'end':2}"),
                end("COMPLETE"));

        assertThat(generate().metadata().array("citations").items())
                .hasSize(2)
                .first()
                .hasToString(
                        "{\"start\":0,\"end\":3,\"text\":\"Gym\",\"sources\":[{\"type\":\"document\",\"id\":\"doc:1\"}]}");
    }

    @Test
    void logProbabilitiesOfAChunkAreThoseOfItsTokensTogether() {
        provider.streams(
                "{'type':'content-delta','delta':{'message':{'content':{'text':'Hi'}}},"
                        + "'logprobs':{'text':'Hi','token_ids':[1,2],'logprobs':[-0.5,-0.25]}}",
                end("COMPLETE"));

        assertThat(generate().first().logprobs())
                .extracting(TokenLogprob::token, TokenLogprob::logprob)
                .containsExactly(tuple("Hi", -0.75));
    }

    @Test
    void aStreamThatIsCutIsAnErrorAndNoShortAnswer() {
        provider.streams(text("half"));
        assertBroken("in the middle");

        provider.streamsRaw(events(text("half")) + "event: content-delta\ndata: {\"type\":\"cont");
        assertBroken("no JSON");

        provider.streamsRaw("");
        assertBroken("without an answer");

        provider.server()
                .enqueue(
                        Provider.sse(events(text("half"), text("never sent whole")))
                                .onResponseBody(new SocketEffect.CloseSocket())
                                .build());
        assertBroken("broke off");

        provider.streams(call("tool-call-delta", "", "'arguments':'1'"));
        assertBroken("without its beginning");
    }

    @Test
    void anErrorInMidStreamIsTold() {
        provider.streams(text("x"), "{'message':'internal server error','id':'1'}");
        assertBroken("internal server error");

        provider.streams(
                text("x"),
                "{'type':'message-end','delta':{'finish_reason':'ERROR','error':'worker died',"
                        + "'usage':{'tokens':{'input_tokens':7}}}}");
        BindingException e = failure();
        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageContaining("worker died");
        assertThat(e.usage().orElseThrow().inputTokens()).hasValue(7);

        provider.streams(text("x"), end("TIMEOUT"));
        assertThat(failure().code()).isEqualTo(ErrorCode.TIMEOUT);
    }

    private static String call(String type, String id, String function) {
        return delta(type, "'tool_calls':{%s'function':{%s}}".formatted(id, function));
    }

    private void assertBroken(String message) {
        BindingException e = failure();
        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageContaining(message);
    }

    private BindingException failure() {
        return catchThrowableOfType(BindingException.class, this::generate);
    }

    private GenerationResult generate() {
        return provider.binding().generate(Provider.chat().streaming(true).build(), ear);
    }
}
