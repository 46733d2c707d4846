package dev.bindery.binding.anthropic;

import static dev.bindery.binding.anthropic.Provider.block;
import static dev.bindery.binding.anthropic.Provider.delta;
import static dev.bindery.binding.anthropic.Provider.end;
import static dev.bindery.binding.anthropic.Provider.start;
import static dev.bindery.binding.anthropic.Provider.stop;
import static dev.bindery.binding.anthropic.Provider.stopped;
import static dev.bindery.binding.anthropic.Provider.text;
import static dev.bindery.binding.anthropic.Provider.textBlock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import dev.bindery.fixture.Ear;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTest {
    private Provider provider;
    private final Ear ear = new Ear();

    @BeforeEach
    void begin() throws IOException {
        provider = new Provider();
    }

    @AfterEach
    void end_() {
        provider.close();
    }

    private GenerationResult ask() {
        return provider.binding().generate(request(), ear);
    }

    private static GenerationRequest request() {
        return GenerationRequest.chat("claude-opus-5", List.of(Message.user("Hi")))
                .streaming(true)
                .build();
    }

    @Test
    void textComesAsItIsSentAndAddsUpToTheAnswer() {
        provider.streams(Provider.hello());

        GenerationResult result = ask();

        assertThat(ear.operations(OperationType.ADD_CHUNK))
                .extracting(Operation::text)
                .containsExactly("Hel", "lo");
        assertThat(result.text()).isEqualTo("Hello");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.metadata())
                .isEqualTo(
                        JsonObject.of("id", "msg_1")
                                .with("model", "claude-opus-5")
                                .with("stop_reason", "end_turn"));
    }

    @Test
    void whatPassedTheCacheIsPartOfTheInputAndTheInputIsKnownAtOnce() {
        provider.streams(Provider.hello());

        Usage usage = ask().usage().orElseThrow();

        assertThat(usage.inputTokens()).hasValue(127);
        assertThat(usage.cacheWriteTokens()).hasValue(20);
        assertThat(usage.cacheReadTokens()).hasValue(100);
        assertThat(usage.outputTokens()).hasValue(42);
        assertThat(usage.reasoningTokens()).hasValue(9);
        assertThat(ear.operations().getFirst().usage().orElseThrow().inputTokens()).hasValue(127);
    }

    @Test
    void thoughtsEndWithTheirSignatureAndStandBetweenTheCalls() {
        provider.streams(
                start(),
                block(0, "{'type':'thinking','thinking':'','signature':''}"),
                delta(0, "{'type':'thinking_delta','thinking':'Let me '}"),
                delta(0, "{'type':'thinking_delta','thinking':'see.'}"),
                delta(0, "{'type':'signature_delta','signature':'c2ln+/='}"),
                stop(0),
                block(1, "{'type':'redacted_thinking','data':'b3BhcXVl'}"),
                stop(1),
                block(2, "{'type':'tool_use','id':'toolu_1','name':'look','input':{}}"),
                delta(2, "{'type':'input_json_delta','partial_json':''}"),
                delta(2, "{'type':'input_json_delta','partial_json':'{\\'at\\':'}"),
                delta(2, "{'type':'input_json_delta','partial_json':' 1}'}"),
                stop(2),
                block(3, "{'type':'thinking','thinking':'','signature':''}"),
                delta(3, "{'type':'signature_delta','signature':'c2Vjb25k'}"),
                stop(3),
                block(4, "{'type':'tool_use','id':'toolu_2','name':'wait','input':{}}"),
                stop(4),
                end("tool_use"),
                stopped());

        var answer = ask().first();

        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.parts()).hasSize(5);
        ReasoningPart first = (ReasoningPart) answer.parts().get(0);
        assertThat(first.text()).isEqualTo("Let me see.");
        assertThat(first.signature()).contains("c2ln+/=");
        ReasoningPart withheld = (ReasoningPart) answer.parts().get(1);
        assertThat(withheld.redacted()).isTrue();
        assertThat(withheld.providerData())
                .isEqualTo(JsonObject.of("anthropic", JsonObject.of("data", "b3BhcXVl")));
        assertThat(((ReasoningPart) answer.parts().get(3)).signature()).contains("c2Vjb25k");
        assertThat(answer.toolCalls())
                .extracting(ToolCallPart::id, ToolCallPart::name, ToolCallPart::arguments)
                .containsExactly(
                        tuple("toolu_1", "look", "{\"at\": 1}"), tuple("toolu_2", "wait", "{}"));
        assertThat(ear.operations(OperationType.TOOL_CALL))
                .extracting(call -> call.toolCall().orElseThrow().index())
                .containsExactly(0, 0, 0, 1, 1);
    }

    @Test
    void citationsAreReferencesAndStayWithTheirText() {
        provider.streams(
                start(),
                textBlock(0),
                delta(
                        0,
                        "{'type':'citations_delta','citation':{'type':'char_location','cited_text':'wet','document_index':0,'document_title':'Rain','start_char_index':0,'end_char_index':3}}"),
                text(0, "It rains."),
                stop(0),
                end("end_turn"),
                stopped());

        TextPart text = (TextPart) ask().first().parts().getFirst();

        assertThat(text.text()).isEqualTo("It rains.");
        assertThat(text.providerData().object("anthropic").array("citations").items()).hasSize(1);
        assertThat(ear.operations(OperationType.REF))
                .extracting(Operation::text)
                .containsExactly("[Rain]()");
    }

    @Test
    void aBlockWithoutANameInTheContractIsKeptWhole() {
        provider.streams(
                start(),
                block(0, "{'type':'server_tool_use','id':'srv_1','name':'web_search','input':{}}"),
                delta(0, "{'type':'input_json_delta','partial_json':'{\\'query\\':'}"),
                delta(0, "{'type':'input_json_delta','partial_json':'\\'rain\\'}'}"),
                stop(0),
                block(1, "{'type':'compaction','content':'So '}"),
                delta(1, "{'type':'compaction_delta','content':'far','by':1}"),
                stop(1),
                end("pause_turn"),
                stopped());

        var answer = ask().first();

        assertThat(answer.finishReason()).isEqualTo(new FinishReason("pause_turn"));
        assertThat(answer.parts())
                .extracting(part -> ((OpaquePart) part).kind())
                .containsExactly("server_tool_use", "compaction");
        assertThat(((OpaquePart) answer.parts().get(0)).content().toString())
                .isEqualTo(
                        "{\"type\":\"server_tool_use\",\"id\":\"srv_1\",\"name\":\"web_search\",\"input\":{\"query\":\"rain\"}}");
        assertThat(((OpaquePart) answer.parts().get(1)).content().toString())
                .isEqualTo("{\"type\":\"compaction\",\"content\":\"So far\",\"by\":1}");
        assertThat(ear.operations(OperationType.JSON_INFOS))
                .extracting(told -> told.metadata().object("opaque"))
                .extracting(
                        told -> told.text("dialect").orElseThrow(),
                        told -> told.text("kind").orElseThrow(),
                        told -> told.field("content").orElseThrow())
                .containsExactly(
                        answer.parts().stream()
                                .map(OpaquePart.class::cast)
                                .map(part -> tuple("anthropic", part.kind(), part.content()))
                                .toArray(Tuple[]::new));
    }

    @Test
    void textsInARowAndWhatEachOfThemCitesAreToldApart() {
        String cited = "{'type':'citations_delta','citation':{'type':'page_location'}}";
        provider.streams(
                start(),
                textBlock(0),
                text(0, "It "),
                stop(0),
                textBlock(1),
                delta(1, cited),
                text(1, "rains"),
                stop(1),
                textBlock(2),
                text(2, "."),
                stop(2),
                end("end_turn"),
                stopped());

        assertThat(ask().text()).isEqualTo("It rains.");

        assertThat(ear.operations(OperationType.ADD_CHUNK))
                .extracting(told -> told.metadata().toString())
                .containsExactly("{}", "{\"part\":1}", "{\"part\":2}");
        assertThat(ear.operations(OperationType.REF))
                .extracting(told -> told.metadata().toString())
                .containsExactly(
                        "{\"part\":1,\"citation\":{\"type\":\"page_location\"},\"dialect\":\"anthropic\"}");
    }

    @Test
    void whatIsNotKnownIsPassedOver() {
        provider.streamsRaw(
                ": keep-alive\n\n"
                        + Provider.events(
                                start(),
                                "{'type':'ping'}",
                                "{'type':'weather','index':7}",
                                textBlock(0),
                                delta(0, "{'type':'glitter_delta','text':'no'}"),
                                text(0, "Hello"))
                        + ":\n\nretry: 5\n\n"
                        + Provider.events(stop(0), end("end_turn"), stopped()));

        assertThat(ask().text()).isEqualTo("Hello");
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "refusal, refusal",
        "tool_use, tool_calls",
        "brand_new, brand_new"
    })
    void everyReasonToStopHasItsNameInTheContract(String reason, String name) {
        provider.streams(start(), textBlock(0), text(0, "x"), stop(0), end(reason), stopped());

        assertThat(ask().first().finishReason()).isEqualTo(new FinishReason(name));
    }

    @Test
    void aStopSequenceIsNamed() {
        provider.streams(
                start(),
                textBlock(0),
                text(0, "one "),
                stop(0),
                end("stop_sequence").replace("'stop_sequence':null", "'stop_sequence':'two'"),
                stopped());

        var answer = ask().first();

        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.stopSequence()).isEqualTo(Optional.of("two"));
    }

    @Test
    void halvesOfACharacterInTwoEventsBecomeOne() {
        provider.streams(
                start(),
                textBlock(0),
                text(0, "a\\ud83d"),
                text(0, "\\ude00b"),
                stop(0),
                end("end_turn"),
                stopped());

        assertThat(ask().text()).isEqualTo("a😀b");
        assertThat(ear.operations(OperationType.ADD_CHUNK))
                .extracting(Operation::text)
                .containsExactly("a", "😀b");
    }

    @Test
    void anEmptyAnswerIsEmptyAndNoError() {
        provider.streams(start(), end("end_turn"), stopped());

        GenerationResult result = ask();

        assertThat(result.text()).isEmpty();
        assertThat(result.first().parts()).isEmpty();
    }

    @Test
    void aMessageThatIsNotStreamedSaysTheSame() {
        provider.answers(
                200,
                "{'id':'msg_2','type':'message','role':'assistant','model':'m','content':["
                        + "{'type':'thinking','thinking':'Hm.','signature':'c2ln'},"
                        + "{'type':'text','text':'Hello'},"
                        + "{'type':'tool_use','id':'t1','name':'look','input':{'at':1}},"
                        + "{'type':'tool_use','id':'t2','name':'wait','input':{}}],"
                        + "'stop_reason':'tool_use','stop_sequence':null,"
                        + "'usage':{'input_tokens':3,'output_tokens':4}}");

        GenerationResult result =
                provider.binding().generate(request().toBuilder().streaming(false).build(), ear);

        assertThat(result.text()).isEqualTo("Hello").isEqualTo(ear.text());
        assertThat(result.first().reasoning()).isEqualTo("Hm.");
        assertThat(result.first().toolCalls())
                .extracting(ToolCallPart::arguments)
                .containsExactly("{\"at\":1}", "{}");
        assertThat(result.usage().orElseThrow().cacheReadTokens()).isEmpty();
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(3);
    }
}
