package dev.bindery.api;

import static dev.bindery.api.OperationType.NEW_LINE;
import static dev.bindery.api.OperationType.REPLACE_LAST;
import static dev.bindery.api.OperationType.SET_CONTENT;
import static dev.bindery.api.OperationType.SET_CONTENT_INVISIBLE_TO_AI;
import static dev.bindery.api.OperationType.SET_CONTENT_INVISIBLE_TO_USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private final List<Operation> heard = new ArrayList<>();
    private final Answer answer = new Answer(heard::add);

    @Test
    void chunksAndLineBreaksAddUp() {
        answer.chunk("one ");
        answer.chunk("two");
        answer.operation(NEW_LINE, "");
        answer.chunk("three");

        assertThat(answer.text()).isEqualTo("one two\nthree");
        assertThat(answer.parts(0)).hasSize(1);
        assertThat(heard).hasSize(4);
    }

    @Test
    void aCorrectionTakesThePlaceOfTheLastPieceOnly() {
        answer.chunk("I like ");
        answer.chunk("catz");
        answer.operation(REPLACE_LAST, "cats");
        answer.operation(REPLACE_LAST, "dogs");
        answer.operation(NEW_LINE, "\n");
        answer.operation(REPLACE_LAST, ".");

        assertThat(answer.text()).isEqualTo("I like dogs.");
    }

    @Test
    void aCorrectionOfNothingIsAPiece() {
        answer.operation(REPLACE_LAST, "first");

        assertThat(answer.text()).isEqualTo("first");
    }

    @Test
    void contentThatIsSetTakesThePlaceOfAllText() {
        answer.chunk("draft");
        answer.on(Operation.media(MediaPart.of(Blob.of("image/png", new byte[1]))));
        answer.chunk(" more");
        answer.operation(SET_CONTENT, "final");
        answer.operation(REPLACE_LAST, "!");

        assertThat(answer.text()).isEqualTo("final!");
        assertThat(answer.parts(0)).hasSize(2);

        answer.operation(SET_CONTENT_INVISIBLE_TO_AI, "shown");
        answer.operation(SET_CONTENT_INVISIBLE_TO_USER, "hidden");

        assertThat(answer.text()).isEqualTo("shown");
    }

    @Test
    void operationsThatOnlyInformLeaveTheTextAlone() {
        for (OperationType type : OperationType.known().subList(3, 18)) {
            answer.operation(type, "x");
        }
        answer.operation(OperationType.of(99), "x");

        assertThat(answer.text()).isEmpty();
        assertThat(answer.parts(0)).isEmpty();
    }

    @Test
    void partsKeepTheOrderInWhichTheyBegan() {
        answer.on(Operation.reasoning("let me "));
        answer.on(Operation.reasoning(ReasoningPart.of("see", "signed", false)));
        answer.on(Operation.reasoning("and again"));
        answer.chunk("so: ");
        answer.on(Operation.toolCall(ToolCallDelta.of(0, "id0", "find", "{\"a\":")));
        answer.on(Operation.toolCall(ToolCallDelta.of(1, "id1", "read", "{}")));
        answer.on(Operation.toolCall(ToolCallDelta.of(0, null, null, "1}")));

        Candidate candidate = answer.result(FinishReason.TOOL_CALLS).first();

        assertThat(candidate.parts())
                .hasExactlyElementsOfTypes(
                        ReasoningPart.class,
                        ReasoningPart.class,
                        TextPart.class,
                        ToolCallPart.class,
                        ToolCallPart.class);
        assertThat(((ReasoningPart) candidate.parts().getFirst()).text()).isEqualTo("let me see");
        assertThat(candidate.toolCalls())
                .extracting(ToolCallPart::id, ToolCallPart::name, ToolCallPart::arguments)
                .containsExactly(tuple("id0", "find", "{\"a\":1}"), tuple("id1", "read", "{}"));
    }

    @Test
    void aCallCarriesWhatTheProviderAttachedLast() {
        JsonObject signature = JsonObject.of("mine", JsonObject.of("signature", "s"));
        answer.on(
                Operation.toolCall(
                        ToolCallDelta.first(0, "id", "find", "{")
                                .withProviderData(JsonObject.of("mine", "first"))));
        answer.on(Operation.toolCall(ToolCallDelta.next(0, "}").withProviderData(signature)));
        answer.on(Operation.toolCall(ToolCallDelta.next(0, "")));

        ToolCallPart call = answer.result(FinishReason.TOOL_CALLS).first().toolCalls().getFirst();

        assertThat(call.arguments()).isEqualTo("{}");
        assertThat(call.providerData()).isEqualTo(signature);
    }

    @Test
    void theLastUsageStands() {
        answer.on(Operation.usage(Usage.of(3, 1)));
        answer.on(Operation.usage(Usage.of(3, 2)));

        assertThat(answer.result(FinishReason.STOP).usage().orElseThrow().outputTokens())
                .hasValue(2);
    }

    @Test
    void candidatesDoNotMix() {
        answer.on(Operation.chunk("a"));
        answer.on(Operation.chunk("b").withCandidate(1));
        answer.on(Operation.chunk("A").withCandidate(0));

        assertThat(answer.result(FinishReason.STOP).candidates())
                .extracting(Candidate::text)
                .containsExactly("aA", "b");
        assertThat(answer.text(7)).isEmpty();
    }

    @Test
    void whatIsRefusedIsNotAdded() {
        Answer refused = new Answer(operation -> !operation.text().equals("no"));

        assertThat(refused.chunk("yes")).isTrue();
        assertThat(refused.chunk("no")).isFalse();
        assertThat(refused.result(FinishReason.CANCELLED).text()).isEqualTo("yes");
    }

    @Test
    void aCandidateOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operation.chunk("x").withCandidate(1024))
                .withMessage("a candidate is from 0 to 1023, not 1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operation.chunk("x").withCandidate(-1));
    }
}
