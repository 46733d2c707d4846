package dev.bindery.testkit.check;

import dev.bindery.api.Capability;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.testkit.bench.Heard;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Unit.Running;
import dev.bindery.testkit.bench.Violation;
import dev.bindery.testkit.upstream.Script;
import java.util.ArrayList;
import java.util.List;

/** Answers, and how they come. */
final class AnswerChecks {
    static final Area AREA =
            Area.of(
                    "answers",
                    new Check("every model that claims chat answers a chat", AnswerChecks::chat),
                    new Check(
                            "every model that claims completion answers a prompt",
                            AnswerChecks::completion),
                    new Check("an answer is what the model said", AnswerChecks::verbatim),
                    new Check("streamed and whole answers are the same", AnswerChecks::streaming),
                    new Check("any text can be asked", AnswerChecks::unicode),
                    new Check("a longer conversation is answered", AnswerChecks::conversation),
                    new Check("an answer keeps to max tokens", AnswerChecks::maxTokens),
                    new Check("answers at the same time stay apart", AnswerChecks::concurrent));

    /** Scripts, signs outside of the basic plane, combining and invisible ones. */
    static final String UNICODE =
            "naïve Ωμέγα שלום مرحبا 漢字 한국어 😀👩‍👩‍👧 e\u0301 \u200d\u202eabc\u202c \u2028 \"\\/\b\t end";

    private static final int AT_ONCE = 16;

    private AnswerChecks() {}

    private static void chat(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        questions.model(Capability.CHAT);
        for (ModelInfo model : questions.models(Capability.CHAT)) {
            Heard heard =
                    questions.answer(
                            model.name() + ", which claims chat,",
                            questions.chat(model.name(), trial.subject().prompt()));
            says(heard, model.name());
        }
    }

    private static void completion(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        questions.model(Capability.COMPLETION);
        for (ModelInfo model : questions.models(Capability.COMPLETION)) {
            Heard heard =
                    questions.answer(
                            model.name() + ", which claims completion,",
                            questions.prompt(model.name(), trial.subject().prompt()));
            says(heard, model.name());
        }
    }

    private static void says(Heard heard, String model) {
        GenerationResult result = heard.orFail("generate");
        Violation.unless(
                !result.text().isEmpty(),
                "%s answered with an empty text; an empty answer is never an error's disguise",
                model);
    }

    private static void verbatim(Trial trial) throws Exception {
        trial.mustPlay(Script.says("A", " b", UNICODE, "\n", "  ", "c"));
        Questions questions = trial.questions();
        for (boolean streaming : List.of(true, false)) {
            Heard heard = questions.answer("generate", questions.usual().streaming(streaming));
            Violation.unless(
                    heard.orFail("generate").text().equals("A b" + UNICODE + "\n  c"),
                    "%s: the upstream said %s, the result is %s",
                    streaming ? "streamed" : "not streamed",
                    Said.quoted("A b" + UNICODE + "\n  c"),
                    Said.quoted(heard.orFail("generate").text()));
        }
    }

    private static void streaming(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Inapplicable.unless(
                trial.subject().isRepeatable(), "the same question has other answers each time");
        Questions questions = trial.questions();
        GenerationResult whole =
                questions.answer("generate", questions.usual().streaming(false)).orFail("whole");
        GenerationResult again =
                questions.answer("generate", questions.usual().streaming(false)).orFail("whole");
        Inapplicable.unless(
                whole.text().equals(again.text()),
                "asked twice the same, not streamed, it answers differently");
        GenerationResult streamed =
                questions.answer("generate", questions.usual()).orFail("streamed");
        Violation.unless(
                streamed.text().equals(whole.text()),
                "streamed the answer is %s, not streamed it is %s",
                Said.quoted(streamed.text()),
                Said.quoted(whole.text()));
        Violation.unless(
                streamed.first().finishReason().equals(whole.first().finishReason()),
                "streamed the answer ends with %s, not streamed with %s",
                streamed.first().finishReason(),
                whole.first().finishReason());
    }

    private static void unicode(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        questions.answer("a question with many scripts and signs", questions.ask(UNICODE));
        Heard broken = questions.hear(questions.ask("half a sign: \ud83d, the rest is missing"));
        mustNotBeADefect("a question with half a surrogate pair", broken);
    }

    static void mustNotBeADefect(String what, Heard heard) {
        heard.failure()
                .ifPresent(e ->
                        Violation.unless(
                                !e.code().name().equals("INTERNAL"),
                                "%s failed with %s; expected an answer, or a refusal with INVALID_REQUEST or UNSUPPORTED",
                                what,
                                Said.of(e)));
    }

    private static void conversation(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        List<Message> messages =
                List.of(
                        Message.system("Be brief."),
                        Message.user("Hello"),
                        Message.assistant("Hello, what is it?"),
                        Message.user(trial.subject().prompt()));
        questions.answer(
                "a conversation with system, user and assistant",
                questions.chat(questions.model(Capability.CHAT), messages));
    }

    private static void maxTokens(Trial trial) throws Exception {
        Inapplicable.unless(
                trial.subject().upstream().isEmpty(), "a mock upstream counts as it was told to");
        Questions questions = trial.questions();
        GenerationResult result =
                questions.answer("generate", questions.usual().maxTokens(1)).orFail("generate");
        long spent = result.usage().map(usage -> usage.outputTokens().orElse(0)).orElse(0L);
        Violation.unless(
                spent <= 1,
                "asked for one token at the most, it reports %d; take request.maxTokens() into account and end with LENGTH",
                spent);
        long usual = tokens(questions.answer("generate", questions.usual()));
        Violation.unless(
                usual <= 1 || !result.first().finishReason().equals(FinishReason.STOP),
                "cut after one token, an answer of %d ended with STOP; expected LENGTH",
                usual);
    }

    private static long tokens(Heard heard) {
        return heard.result()
                .flatMap(GenerationResult::usage)
                .map(usage -> usage.outputTokens().orElse(0))
                .orElse(0L);
    }

    private static void concurrent(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        List<GenerationRequest> asked = new ArrayList<>();
        int most = Math.min(AT_ONCE, trial.card().concurrency());
        for (int i = 0; i < most; i++) {
            String text = i % 2 == 0 ? trial.subject().prompt() : "Something else: one, two.";
            asked.add(questions.cued(questions.ask(text)));
        }
        String even = questions.unit().hear(asked.getFirst()).orFail("generate").text();
        String odd = questions.unit().hear(asked.get(1 % most)).orFail("generate").text();
        List<Running> running =
                asked.stream().map(one -> questions.unit().begin(one, _ -> true)).toList();
        for (int i = 0; i < running.size(); i++) {
            Heard heard = Questions.sound(running.get(i).finish());
            String text = heard.orFail("one of %d calls at once".formatted(most)).text();
            Violation.unless(
                    !trial.subject().isRepeatable() || text.equals(i % 2 == 0 ? even : odd),
                    "one of %d calls at once answered %s, alone it was %s",
                    most,
                    Said.quoted(text),
                    Said.quoted(i % 2 == 0 ? even : odd));
        }
    }
}
