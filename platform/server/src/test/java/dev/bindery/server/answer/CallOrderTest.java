package dev.bindery.server.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.server.http.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Calls come one after the other, whatever order their fragments have. */
class CallOrderTest {
    private final CallOrder order = new CallOrder();
    private final List<Operation> told = new ArrayList<>();

    private void say(Operation... operations) {
        List.of(operations).forEach(operation -> order.on(operation, told::add));
    }

    private static Operation begun(int index, String fragment) {
        return Operation.toolCall(ToolCallDelta.first(index, "id" + index, "f", fragment));
    }

    private static Operation more(int index, String fragment) {
        return Operation.toolCall(ToolCallDelta.next(index, fragment));
    }

    /** Texts, and fragments with their call's index. */
    private List<String> told() {
        return told.stream()
                .map(each ->
                        each.toolCall()
                                .map(call -> call.index() + call.argumentsFragment())
                                .orElse(each.text()))
                .toList();
    }

    @Test
    void aCallGoesOnAtOnceAndTheNextOneWaitsUntilItIsWhole() {
        say(begun(0, "{\"a\":["), begun(1, "{"), more(0, "1]"), more(1, "}"));
        assertThat(told()).containsExactly("0{\"a\":[", "01]");
        say(more(0, "}"));
        assertThat(told()).containsExactly("0{\"a\":[", "01]", "0}", "1{", "1}");
        say(begun(2, "{"));
        assertThat(told()).endsWith("2{");
    }

    @Test
    void textAndThoughtsWaitForACallThatIsNotWholeAndLogprobsDoNot() {
        say(
                begun(0, "{"),
                Operation.chunk("text"),
                Operation.logprobs(List.of()),
                Operation.chunk(""),
                Operation.reasoning("thought"));
        assertThat(told()).containsExactly("0{", "", "");
        say(more(0, "}"), Operation.chunk("."));
        assertThat(told()).endsWith("0}", "text", "thought", ".");
    }

    @Test
    void whatIsNeverWholeIsToldAtTheEnd() {
        say(begun(0, ""), begun(1, "{"), Operation.chunk("t"), begun(2, "[1"), more(1, "}"));
        order.finish(told::add);
        assertThat(told()).containsExactly("0", "1{", "1}", "t", "2[1");
    }

    @Test
    void spaceAfterACallIsNothingAndMoreOfItIsAFailure() {
        say(begun(0, "{}"), more(0, " "), begun(1, "{}"), more(0, "\n"));
        assertThat(told()).containsExactly("0{}", "0 ", "1{}");
        assertThatThrownBy(() -> say(more(0, "{}")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("went on with a tool call");
    }

    @Test
    void noMoreWaitsThanThereIsRoomFor() {
        say(begun(0, "{"));
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < CallOrder.MOST_WAITING; i++) {
                                say(more(1, "x"));
                            }
                        })
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("without stream");
    }

    @Test
    void whateverTheOrderTheCallsAreTheSameAndEachIsInOnePiece() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<Operation> mixed = mixed(random, 1 + random.nextInt(4));
            List<Operation> ordered = new ArrayList<>();
            CallOrder calls = new CallOrder();
            mixed.forEach(operation -> calls.on(operation, ordered::add));
            calls.finish(ordered::add);

            assertThat(calls(ordered)).isEqualTo(calls(mixed));
            assertThat(ordered.stream().map(each -> each.toolCall().orElseThrow().index()))
                    .as("%s", mixed)
                    .isSortedAccordingTo(
                            (one, other) -> firstOf(ordered, one) - firstOf(ordered, other));
        }
    }

    private static int firstOf(List<Operation> operations, int index) {
        return operations.stream()
                .map(each -> each.toolCall().orElseThrow().index())
                .toList()
                .indexOf(index);
    }

    private static List<String> calls(List<Operation> operations) {
        Answer answer = new Answer(GenerationCallback.IGNORE);
        operations.forEach(answer::on);
        return answer.candidate(0, FinishReason.TOOL_CALLS).toolCalls().stream()
                .map(CallOrderTest::text)
                .sorted()
                .toList();
    }

    private static String text(ToolCallPart call) {
        return call.id() + call.name() + call.arguments();
    }

    /** The fragments of some calls, each call's in their order. */
    private static List<Operation> mixed(Random random, int calls) {
        List<Integer> turns = new ArrayList<>();
        List<Iterator<Operation>> fragments = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String arguments = "{\"a}\":\"\\\"{%d\",\"b\":[{}]}".formatted(i);
            List<Operation> all = new ArrayList<>(List.of(begun(i, "")));
            int at = 0;
            while (at < arguments.length()) {
                int end = Math.min(arguments.length(), at + 1 + random.nextInt(9));
                all.add(more(i, arguments.substring(at, end)));
                at = end;
            }
            fragments.add(all.iterator());
            turns.addAll(Collections.nCopies(all.size(), i));
        }
        Collections.shuffle(turns, random);
        return turns.stream().map(turn -> fragments.get(turn).next()).toList();
    }
}
