package dev.bindery.testkit.check;

import dev.bindery.api.Capability;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TokenCount;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.bench.Violation;
import java.util.Arrays;
import java.util.List;

/** Counting and spelling out. */
final class TokenChecks {
    static final Area AREA =
            Area.of(
                    "tokens",
                    new Check("tokens spell the text that they were made of", TokenChecks::spell),
                    new Check("the same text has the same tokens", TokenChecks::same),
                    new Check("longer requests count more tokens", TokenChecks::count));

    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "Hello, world! How are you?",
                    "naïve Ωμέγα 漢字 😀\n\ttab",
                    "  spaces  ");

    private TokenChecks() {}

    private static void spell(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        questions.model(Capability.TOKENIZE);
        Unit unit = questions.unit();
        LlmBinding binding = unit.binding();
        for (ModelInfo model : questions.models(Capability.TOKENIZE)) {
            for (String text : TEXTS) {
                int[] tokens = unit.call("tokenize", () -> binding.tokenize(model.name(), text));
                String again =
                        unit.call("detokenize", () -> binding.detokenize(model.name(), tokens));
                Violation.unless(
                        again.equals(text),
                        "%s: tokenize and then detokenize made %s of %s",
                        model.name(),
                        Said.quoted(again),
                        Said.quoted(text));
            }
        }
    }

    private static void same(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        String model = questions.model(Capability.TOKENIZE);
        Unit unit = questions.unit();
        String text = TEXTS.get(2);
        int[] one = unit.call("tokenize", () -> unit.binding().tokenize(model, text));
        int[] other = unit.call("tokenize", () -> unit.binding().tokenize(model, text));
        Violation.unless(
                Arrays.equals(one, other) && one.length > 0,
                "%s has the tokens %s and then %s",
                Said.quoted(text),
                Arrays.toString(one),
                Arrays.toString(other));
    }

    private static void count(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        long little = count(questions, "Hello");
        long much = count(questions, "Hello there, how are you? ".repeat(20));
        Violation.unless(
                little > 0, "countTokens of \"Hello\" is %d; expected at least one", little);
        if (trial.subject().upstream().isPresent()) {
            return;
        }
        Violation.unless(
                much > little,
                "countTokens is %d for a word and %d for twenty sentences",
                little,
                much);
    }

    private static long count(Questions questions, String text) throws InterruptedException {
        Unit unit = questions.unit();
        GenerationRequest request = questions.ask(text).build();
        TokenCount count = unit.call("countTokens", () -> unit.binding().countTokens(request));
        return count.tokens();
    }
}
