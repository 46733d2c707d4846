package dev.bindery.binding.gemini;

import static dev.bindery.binding.gemini.Provider.end;
import static dev.bindery.binding.gemini.Provider.events;
import static dev.bindery.binding.gemini.Provider.parts;
import static dev.bindery.binding.gemini.Provider.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import dev.bindery.fixture.Ear;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streamed answers, good and ugly. */
class StreamTest {
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
                "{'candidates':[{'content':{'parts':[{'text':'Hel'}],'role':'model'},'index':0}],"
                        + "'usageMetadata':{'promptTokenCount':9,'totalTokenCount':9},"
                        + "'modelVersion':'gemini-2.5-flash','responseId':'r-1'}",
                "{'candidates':[{'content':{'parts':[{'text':'lo'}]},'finishReason':'STOP'}],"
                        + "'usageMetadata':{'promptTokenCount':9,'candidatesTokenCount':4,"
                        + "'cachedContentTokenCount':3,'thoughtsTokenCount':2,'toolUsePromptTokenCount':1}}");

        GenerationResult result = generate();

        assertThat(ear.operations(OperationType.ADD_CHUNK))
                .extracting(Operation::text)
                .containsExactly("Hel", "lo");
        assertThat(result.text()).isEqualTo("Hello");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.metadata().text("responseId")).contains("r-1");
        assertThat(result.metadata().text("modelVersion")).contains("gemini-2.5-flash");
        Usage usage = result.usage().orElseThrow();
        assertThat(usage.inputTokens()).hasValue(10);
        assertThat(usage.cacheReadTokens()).hasValue(3);
        assertThat(usage.outputTokens()).hasValue(6);
        assertThat(usage.reasoningTokens()).hasValue(2);
        assertThat(ear.operations(OperationType.USAGE)).hasSize(2);
        assertThat(provider.request().getTarget())
                .isEqualTo("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
    }

    @Test
    void keepAlivesUnknownEventsEmptyCandidatesAndSlowBytesDoNoHarm() {
        String stream =
                "\uFEFF: keep-alive\n\nevent: sparkle\ndata: {\"type\":\"sparkle\"}\n\n"
                        + events(
                                "{'candidates':[]}",
                                "{'candidates':null,'news':[1]}",
                                parts("{'text':'grün 日本 😀','odd':1}"),
                                "{'candidates':[{'content':{'role':'model'},'index':0}]}",
                                end("MAX_TOKENS"))
                        + "data: [DONE]";
        provider.server()
                .enqueue(Provider.sse(stream).throttleBody(11, 1, TimeUnit.MILLISECONDS).build());

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("grün 日本 😀");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void charactersThatAreSplitAreHandedOnWhole() {
        provider.streamsRaw(
                ("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a😀😀😀😀b\"}]}}]}\n\n"
                                + events(text("\\ud83d"), text("\\ude00c\\ud83d"), end("STOP")))
                        .getBytes(StandardCharsets.UTF_8));

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("a😀😀😀😀b😀c\uFFFD");
        assertThat(ear.text()).isEqualTo(result.text());
    }

    @Test
    void thoughtsAreReasoningAndNoText() {
        provider.streams(
                parts("{'text':'Let me ','thought':true}"),
                parts("{'text':'see.','thought':true}"),
                text("Yes"),
                end("STOP"));

        GenerationResult result = generate();

        assertThat(result.first().reasoning()).isEqualTo("Let me see.");
        assertThat(result.text()).isEqualTo("Yes");
        assertThat(ear.operations(OperationType.REASONING)).hasSize(2);
    }

    @Test
    void parallelCallsAreToldApartAndThoseWithoutAnIdGetOne() {
        provider.streams(
                parts("{'functionCall':{'id':'abc','name':'one','args':{'x':1}}}"),
                parts("{'functionCall':{'name':'two'}},{'functionCall':{'name':'one','args':{}}}"),
                end("STOP"));

        GenerationResult result = generate();

        assertThat(result.first().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(result.first().toolCalls())
                .extracting(ToolCallPart::name, ToolCallPart::arguments)
                .containsExactly(tuple("one", "{\"x\":1}"), tuple("two", "{}"), tuple("one", "{}"));
        assertThat(result.first().toolCalls()).extracting(ToolCallPart::id).doesNotHaveDuplicates();
        assertThat(result.first().toolCalls().getFirst().id()).isEqualTo("abc");
        assertThat(ear.operations().stream().flatMap(op -> op.toolCall().stream()))
                .extracting(ToolCallDelta::index)
                .containsExactly(0, 1, 2);
    }

    @Test
    void severalCandidatesComeMixed() throws Exception {
        provider.streams(
                "{'candidates':[{'index':1,'content':{'parts':[{'text':'b'}]}}]}",
                "{'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':'STOP'},"
                        + "{'index':1,'content':{'parts':[{'text':'c'}]},'finishReason':'MAX_TOKENS'}]}");

        GenerationResult result =
                provider.binding()
                        .generate(Provider.chat().streaming(true).candidates(2).build(), ear);

        assertThat(result.candidates())
                .extracting(one -> one.text(), one -> one.finishReason())
                .containsExactly(tuple("a", FinishReason.STOP), tuple("bc", FinishReason.LENGTH));
        assertThat(provider.asked().at("/generationConfig/candidateCount").intValue()).isEqualTo(2);
    }

    @Test
    void aStreamThatIsCutIsAnErrorAndNoShortAnswer() {
        provider.streams(text("half"));
        assertBroken("in the middle");

        provider.streamsRaw(events(text("half")) + "data: {\"candidates\":[{\"cont");
        assertBroken("no JSON");

        provider.streamsRaw("");
        assertBroken("without a candidate");

        provider.server()
                .enqueue(
                        Provider.sse(events(text("half"), text("never sent whole")))
                                .onResponseBody(new mockwebserver3.SocketEffect.CloseSocket())
                                .build());
        assertBroken("broke off");
    }

    @Test
    void aConversationOfJsonInsteadOfEventsIsUnderstood() {
        provider.answers(
                200, "[%s,%s]".formatted(text("Hel"), Provider.whole("{'text':'lo'}", "STOP")));

        assertThat(generate().text()).isEqualTo("Hello");
    }

    @Test
    void anErrorInMidStreamKeepsTheTokensThatWereCounted() {
        String error =
                "{'error':{'code':429,'message':'slow down','status':'RESOURCE_EXHAUSTED','details':"
                        + "[{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34.5s'}]}}";
        provider.streams(
                "{'candidates':[{'content':{'parts':[{'text':'x'}]}}],'usageMetadata':{'promptTokenCount':7}}",
                error);

        BindingException e = failure();

        assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(e).hasMessageContaining("slow down");
        assertThat(e.retryAfter()).contains(Duration.ofMillis(34_500));
        assertThat(e.usage().orElseThrow().inputTokens()).hasValue(7);

        provider.streams(text("x"), "[%s]".formatted(error));
        assertThat(failure().code()).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    @Test
    void aCandidateThatNobodyAskedForIsRefused() {
        provider.streams("{'candidates':[{'index':1,'content':{'parts':[{'text':'b'}]}}]}");

        assertBroken("index 1 where 1 were asked for");
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
