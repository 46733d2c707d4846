package dev.bindery.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Answer;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaTextTest {
    private static Operation replace(String text) {
        return Operation.of(OperationType.REPLACE_LAST, text);
    }

    private static Operation set(String text) {
        return Operation.of(OperationType.SET_CONTENT, text);
    }

    @Test
    void withoutCorrectionsEveryPieceLeavesAtOnce() {
        DeltaText text = new DeltaText(false);
        assertThat(text.on(Operation.chunk("a"))).isEqualTo("a");
        assertThat(text.on(Operation.of(OperationType.NEW_LINE, "ignored"))).isEqualTo("\n");
        assertThat(text.end()).isEmpty();
    }

    @Test
    void withCorrectionsThePieceThatMayChangeIsKeptBack() {
        DeltaText text = new DeltaText(true);
        assertThat(text.on(Operation.chunk("a"))).isEmpty();
        assertThat(text.on(Operation.chunk("b"))).isEqualTo("a");
        assertThat(text.on(replace("c"))).isEmpty();
        assertThat(text.on(replace("d"))).isEmpty();
        assertThat(text.on(Operation.chunk("e"))).isEqualTo("d");
        assertThat(text.end()).isEqualTo("e");
    }

    @Test
    void contentThatIsSetWhileNothingWasSentReplacesAll() {
        DeltaText text = new DeltaText(true);
        assertThat(text.on(Operation.chunk("thinking"))).isEmpty();
        assertThat(text.on(set("answer"))).isEmpty();
        assertThat(text.on(replace(" more"))).isEqualTo("answer");
        assertThat(text.end()).isEqualTo(" more");
        assertThat(text.contradicted()).isFalse();
    }

    @Test
    void contentThatGrowsIsFollowed() {
        DeltaText text = new DeltaText(true);
        assertThat(text.on(set("a")) + text.on(set("ab")) + text.on(set("abc")) + text.end())
                .isEqualTo("abc");
        assertThat(text.contradicted()).isFalse();
    }

    @Test
    void whatContradictsTheSentTextIsNoticed() {
        DeltaText text = new DeltaText(true);
        text.on(Operation.chunk("a"));
        text.on(Operation.chunk("b"));
        assertThat(text.on(set("other"))).isEmpty();
        assertThat(text.contradicted()).isTrue();
    }

    @Test
    void aBindingThatDidNotSayThatItCorrectsIsFollowedAsFarAsPossible() {
        DeltaText text = new DeltaText(false);
        assertThat(text.on(Operation.chunk("ab"))).isEqualTo("ab");
        assertThat(text.on(replace("abc"))).isEqualTo("c");
        assertThat(text.contradicted()).isFalse();
        text.on(replace("x"));
        assertThat(text.contradicted()).isTrue();
    }

    @Test
    void otherOperationsLeaveTheTextAsItIs() {
        DeltaText text = new DeltaText(true);
        assertThat(text.on(Operation.of(OperationType.SET_CONTENT_INVISIBLE_TO_USER, "x")))
                .isEmpty();
        assertThat(text.on(Operation.reasoning("x"))).isEmpty();
        assertThat(text.end()).isEmpty();
    }

    @Test
    void thePiecesAlwaysAddUpToWhatTheContractSays() {
        Random random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            boolean corrections = random.nextBoolean();
            DeltaText text = new DeltaText(corrections);
            Answer expected = new Answer(GenerationCallback.IGNORE);
            StringBuilder sent = new StringBuilder();
            for (int i = random.nextInt(8); i > 0 && !text.contradicted(); i--) {
                Operation operation = any(random);
                expected.on(operation);
                sent.append(text.on(operation));
            }
            if (!text.contradicted()) {
                assertThat(sent.append(text.end())).hasToString(expected.text());
            }
        }
    }

    private static Operation any(Random random) {
        List<String> words = List.of("", "a", "ab", "😀", "b\n");
        String word = words.get(random.nextInt(words.size()));
        return switch (random.nextInt(6)) {
            case 0 -> replace(word);
            case 1 -> set(word);
            case 2 -> Operation.of(OperationType.NEW_LINE, "");
            case 3 -> Operation.of(OperationType.INFO, word);
            default -> Operation.chunk(word);
        };
    }
}
