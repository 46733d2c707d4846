package dev.bindery.binding.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.OperationType;
import dev.bindery.api.Prompt;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import dev.bindery.fixture.Ear;
import dev.bindery.fixture.TestCancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers in the shapes of a real server of version 0.24.0. */
class AnswerTest {
    private static final String END =
            "{'model':'m','created_at':'2026-11-23T02:43:06.540658897Z','message':{'role':'assistant','content':''},'done':true,'done_reason':'length','total_duration':341130936,'load_duration':45625023,'prompt_eval_count':12,'prompt_eval_duration':42877093,'eval_count':8,'eval_duration':247728823}";

    private Ollama ollama;
    private final Ear ear = new Ear();

    @BeforeEach
    void start() throws IOException {
        ollama = Ollama.withDefaults();
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    @Test
    void aChatIsStreamedWithItsCountsAndTimes() {
        ollama.streams(Ollama.piece("Hello"), Ollama.piece(" there"), END);

        GenerationResult result = generate(Ollama.chat("Say hi.").streaming(true));

        assertThat(result.text()).isEqualTo("Hello there");
        assertThat(ear.text()).isEqualTo("Hello there");
        assertThat(ear.operations(OperationType.ADD_CHUNK)).hasSize(2);
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.LENGTH);
        counted(result, 12, 8);
        assertThat(result.timings().orElseThrow().load()).contains(Duration.ofNanos(45_625_023));
        assertThat(result.timings().orElseThrow().prompt()).contains(Duration.ofNanos(42_877_093));
        assertThat(result.timings().orElseThrow().generation())
                .contains(Duration.ofNanos(247_728_823));
    }

    @Test
    void aBarePromptsAnswerStandsInAnotherField() {
        ollama.streams(
                "{'model':'m','response':' upon','done':false}",
                "{'model':'m','response':'','done':true,'done_reason':'stop','context':[1,2]}");

        GenerationResult result = generate(GenerationRequest.prompt("m", "Once"));

        assertThat(result.text()).isEqualTo(" upon");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.usage()).isEmpty();
    }

    @Test
    void aPromptIsEchoedWhereThatIsWanted() {
        ollama.streams("{'response':' upon','done':false}", "{'response':'','done':true}");

        GenerationResult result =
                generate(GenerationRequest.builder("m", Prompt.of("Once").withEcho(true)));

        assertThat(result.text()).isEqualTo("Once upon");
        assertThat(ear.text()).isEqualTo("Once upon");
    }

    @Test
    void thoughtsComeApartFromTheAnswer() {
        thinking();

        Candidate answer = generate(Ollama.chat("hi")).first();

        assertThat(answer.reasoning()).isEqualTo("Hmm. Yes.");
        assertThat(answer.text()).isEqualTo("42");
    }

    @Test
    void thoughtsThatNobodyWantsToSeeAreLeftOut() {
        thinking();

        ReasoningOptions hidden = ReasoningOptions.builder().includeThoughts(false).build();
        Candidate answer = generate(Ollama.chat("hi").reasoning(hidden)).first();

        assertThat(answer.reasoning()).isEmpty();
        assertThat(answer.text()).isEqualTo("42");
    }

    private void thinking() {
        ollama.streams(
                "{'message':{'role':'assistant','content':'','thinking':'Hmm.'},'done':false}",
                "{'message':{'role':'assistant','content':'','thinking':' Yes.'},'done':false}",
                Ollama.piece("42"),
                Ollama.DONE);
    }

    @Test
    void toolCallsAreWholeAndHaveIdsOfTheirOwn() {
        ollama.streams(
                "{'message':{'role':'assistant','content':'','tool_calls':[{'function':{'name':'clock','arguments':{'zone':'UTC'}}},{'function':{'name':'clock','arguments':{}}}]},'done':false}",
                "{'message':{'role':'assistant','content':'','tool_calls':[{'id':'theirs','function':{'index':2,'name':'f'}}]},'done':false}",
                Ollama.DONE);

        Candidate answer = generate(Ollama.chat("hi")).first();

        List<ToolCallPart> calls = answer.toolCalls();
        assertThat(calls).extracting(ToolCallPart::name).containsExactly("clock", "clock", "f");
        assertThat(calls)
                .extracting(ToolCallPart::arguments)
                .containsExactly("{\"zone\":\"UTC\"}", "{}", "{}");
        assertThat(calls).extracting(ToolCallPart::id).doesNotHaveDuplicates().contains("theirs");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void logprobsComeWithTheirAlternatives() {
        ollama.streams(
                "{'message':{'role':'assistant','content':'Hello'},'done':false,'logprobs':[{'token':'Hello','logprob':-1.5,'bytes':[72,101,108,108,111],'top_logprobs':[{'token':'Hello','logprob':-1.5},{'token':'I','logprob':-2.25}]}]}",
                Ollama.DONE);

        Candidate answer = generate(Ollama.chat("hi").logprobs(2)).first();

        assertThat(answer.logprobs()).hasSize(1);
        assertThat(answer.logprobs().getFirst().logprob()).isEqualTo(-1.5);
        assertThat(answer.logprobs().getFirst().alternatives()).hasSize(2);
    }

    @Test
    void anUnknownReasonKeepsItsName() {
        ollama.streams(Ollama.piece("x"), "{'done':true,'done_reason':'bored'}");

        assertThat(generate(Ollama.chat("hi")).first().finishReason())
                .isEqualTo(new FinishReason("bored"));
    }

    @Test
    void emptyLinesAndUnknownFieldsDoNoHarm() {
        ollama.server()
                .enqueue(
                        Ollama.ndjson(
                                        "\n\r\n"
                                                + Ollama.lines(
                                                        "{'message':{'content':'a','novel':{'x':[1]}},'done':false,'news':1}")
                                                + "\n"
                                                + Ollama.lines(Ollama.DONE)
                                                + "\n")
                                .build());

        assertThat(generate(Ollama.chat("hi")).text()).isEqualTo("a");
    }

    @Test
    void aWholeAnswerInOneObjectIsUnderstood() {
        ollama.answers(
                200,
                "{'model':'m','message':{'role':'assistant','content':'all at once'},'done':true,'done_reason':'stop','prompt_eval_count':3,'eval_count':2}");

        GenerationResult result = generate(Ollama.chat("hi"));

        assertThat(result.text()).isEqualTo("all at once");
        counted(result, 3, 2);
    }

    @Test
    void textOfAnyKindSurvivesBeingCutAnywhere() {
        String text = "Grüße 👋🏽 \u2028 data: [DONE] \\u0000 語";
        ollama.server()
                .enqueue(
                        Ollama.ndjson(Ollama.lines(Ollama.piece(text), Ollama.DONE))
                                .chunkedBody(Ollama.lines(Ollama.piece(text), Ollama.DONE), 1)
                                .build());

        GenerationResult result = generate(Ollama.chat("hi"));

        assertThat(result.text()).isEqualTo(text.replace("\\u0000", "\u0000"));
        assertThat(ear.text()).isEqualTo(result.text());
    }

    @Test
    void halvesOfACharacterInTwoLinesBecomeOne() {
        ollama.streams(Ollama.piece("a\\ud83d"), Ollama.piece("\\ude00b"), Ollama.DONE);

        assertThat(generate(Ollama.chat("hi")).text()).isEqualTo("a😀b");
        assertThat(ear.operations(OperationType.ADD_CHUNK))
                .noneMatch(chunk -> chunk.text().endsWith("\ud83d"));
    }

    @Test
    void whoWantsNoMoreGetsWhatThereIs() {
        ollama.streams(
                Ollama.piece("one"), Ollama.piece(" two"), Ollama.piece(" three"), Ollama.DONE);

        GenerationResult result = ollama.binding().generate(Ollama.chat("hi").build(), new Ear(1));

        assertThat(result.text()).isEqualTo("one");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void whoCancelsInMidStreamGetsWhatThereIs() {
        String body = Ollama.lines(Ollama.piece("one"), Ollama.piece(" two"));
        ollama.server()
                .enqueue(Ollama.ndjson(body).onResponseBody(SocketEffect.Stall.INSTANCE).build());
        TestCancellation cancellation = new TestCancellation();
        Ear first = new Ear(operation -> cancellation.cancel());

        GenerationResult result =
                ollama.binding()
                        .generate(Ollama.chat("hi").cancellation(cancellation).build(), first);

        assertThat(result.text()).startsWith("one");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
    }

    private static void counted(GenerationResult result, long input, long output) {
        Usage usage = result.usage().orElseThrow();
        assertThat(usage.inputTokens()).hasValue(input);
        assertThat(usage.outputTokens()).hasValue(output);
    }

    private GenerationResult generate(GenerationRequest.Builder request) {
        return ollama.binding().generate(request.build(), ear);
    }
}
