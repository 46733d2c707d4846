package dev.bindery.binding.lollms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.fixture.Ear;
import java.io.IOException;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of another Bindery: every operation as it is. */
class OperationsTest {
    private Lollms lollms;
    private final Ear ear = new Ear();

    @BeforeEach
    void start() throws IOException {
        lollms = Lollms.withDefaults();
    }

    @AfterEach
    void stop() {
        lollms.close();
    }

    @Test
    void correctionsStepsAndProgressComeThroughAsTheyWere() {
        lollms.sends(
                "{'type':8,'name':'STEP_START','text':'thinking','metadata':{'step':1}}",
                Lollms.operation(0, "I like "),
                Lollms.operation(0, "catz"),
                "{'type':18,'name':'REPLACE_LAST','text':'cats','metadata':{'corrected':true}}",
                Lollms.operation(19, "\\n"),
                Lollms.operation(0, "Yes."),
                Lollms.END);

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("I like cats\nYes.");
        assertThat(ear.operations())
                .extracting(Operation::type)
                .containsExactly(
                        OperationType.STEP_START,
                        OperationType.ADD_CHUNK,
                        OperationType.ADD_CHUNK,
                        OperationType.REPLACE_LAST,
                        OperationType.NEW_LINE,
                        OperationType.ADD_CHUNK,
                        OperationType.USAGE);
        assertThat(ear.operations().get(3).metadata().flag("corrected")).contains(true);
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(3);
        assertThat(result.usage().orElseThrow().outputTokens()).hasValue(2);
    }

    @Test
    void aCorrectionMeansTheWholeLastChunkAlsoWhenAStopTextMightHaveBegunInIt() {
        lollms.sends(
                Lollms.operation(0, "good"),
                Lollms.operation(0, " bye!@"),
                Lollms.operation(18, " day"),
                Lollms.END);

        assertThat(generate().text()).isEqualTo("good day");
    }

    @Test
    void theAnswerEndsBeforeAStopTextThatLiesInSeveralChunks() {
        lollms.sends(
                Lollms.operation(0, "one "),
                Lollms.operation(0, "two !"),
                Lollms.operation(0, "@"),
                Lollms.operation(0, ">user: three"),
                Lollms.END);

        GenerationResult result = generate();

        assertThat(result.text()).isEqualTo("one two ");
        assertThat(ear.text()).isEqualTo("one two ");
        assertThat(result.first().stopSequence()).contains("!@>");
    }

    @Test
    void thoughtsMediaToolCallsAndProbabilitiesKeepWhatBelongsToThem() {
        lollms.sends(
                "{'type':21,'text':'hm','metadata':{},'signature':'sig'}",
                "{'type':22,'text':'','metadata':{},'media':{'media_type':'image/png','base64':'AQID'}}",
                "{'type':20,'text':'','metadata':{},'tool_call':{'index':0,'id':'c','name':'f','arguments':'{}'}}",
                Lollms.operation(0, "a"),
                "{'type':24,'text':'','metadata':{},'logprobs':[{'token':'a','logprob':-0.5,'bytes':[97]}]}",
                "{'type':23,'text':'','metadata':{},'usage':{'input_tokens':9}}",
                "{'type':17,'text':'','metadata':{'finish_reason':'tool_calls'},'usage':{}}");

        GenerationResult result = generate();
        Candidate answer = result.first();

        assertThat(answer.reasoning()).isEqualTo("hm");
        assertThat(answer.parts()).anyMatch(part -> part instanceof MediaPart);
        assertThat(answer.toolCalls()).hasSize(1);
        assertThat(answer.logprobs().getFirst().logprob()).isEqualTo(-0.5);
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(9);
    }

    @Test
    void signsOfLifeAreLeftOutAndUnknownTypesPassedOn() {
        lollms.sends(
                Lollms.operation(6, ""),
                "",
                Lollms.operation(99, "news"),
                "{'type':17,'text':'','metadata':{}}",
                "{'type':4,'text':'a small one','metadata':{}}",
                Lollms.operation(0, "a"),
                Lollms.END);

        assertThat(generate().text()).isEqualTo("a");
        assertThat(ear.operations())
                .extracting(operation -> operation.type().code())
                .containsExactly(99, 17, 4, 0, 23);
    }

    @Test
    void theServersFailureHasItsCode() {
        lollms.sends(
                Lollms.operation(0, "so far"),
                "{'type':23,'text':'','metadata':{},'usage':{'input_tokens':9}}",
                "{'type':4,'text':'too many','metadata':{'code':'RATE_LIMITED','retriable':true}}");
        lollms.sends("{'type':4,'text':'?','metadata':{'code':'NOVEL','retriable':false}}");
        lollms.sends(
                "{'type':4,'text':'by request','metadata':{'code':'stopped','retriable':false}}");

        BindingException limited = failure();
        assertThat(limited.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(limited).hasMessageContaining("too many");
        assertThat(limited.usage().orElseThrow().inputTokens()).hasValue(9);
        assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure().code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void aStreamThatEndsBeforeItsLastOperationIsAnError() {
        lollms.sends(Lollms.operation(0, "so far"));
        String cut = Lollms.lines(Lollms.operation(0, "so far")) + "{\"type\":0,\"te";
        lollms.server().enqueue(Lollms.stream(Lollms.OPERATIONS, cut).build());
        lollms.server()
                .enqueue(
                        Lollms.stream(Lollms.OPERATIONS, cut)
                                .onResponseBody(new SocketEffect.CloseSocket())
                                .build());
        lollms.sends("{'text':'no type'}");

        for (int i = 0; i < 4; i++) {
            assertThat(failure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        }
    }

    @Test
    void whoWantsNoMoreGetsWhatThereIs() {
        lollms.sends(Lollms.operation(0, "one"), Lollms.operation(0, " two"), Lollms.END);

        GenerationResult result = lollms.binding().generate(Lollms.chat("hi").build(), new Ear(1));

        assertThat(result.text()).isEqualTo("one");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void charactersThatAreCutAnywhereSurvive() {
        String body = Lollms.lines(Lollms.operation(0, "👋🏽 ü"), Lollms.END);
        lollms.server()
                .enqueue(Lollms.stream(Lollms.OPERATIONS, body).chunkedBody(body, 1).build());

        assertThat(generate().text()).isEqualTo("👋🏽 ü");
    }

    private GenerationResult generate() {
        return lollms.binding().generate(Lollms.chat("hi").build(), ear);
    }

    private BindingException failure() {
        return Lollms.failure(this::generate);
    }
}
