package dev.bindery.testkit.check;

import dev.bindery.api.Capability;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Usage;
import dev.bindery.testkit.bench.Heard;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Unit.Running;
import dev.bindery.testkit.bench.Violation;
import dev.bindery.testkit.upstream.HttpUpstream;
import dev.bindery.testkit.upstream.Script;
import java.time.Duration;
import java.util.List;

/** Good answers of an upstream, however oddly they travel. */
final class StreamChecks {
    static final Area AREA =
            Area.of(
                    "streams",
                    new Check("a piece is passed on before the next one", StreamChecks::atOnce),
                    new Check("bytes may come one by one", StreamChecks::singleBytes),
                    new Check("keep-alives and unknown events mean nothing", StreamChecks::noise),
                    new Check("odd streams of the provider are understood", StreamChecks::odd),
                    new Check("token counts are passed on", StreamChecks::usage),
                    new Check("the reason of the end is passed on", StreamChecks::reasons));

    private static final Duration SOON = Duration.ofSeconds(5);

    private StreamChecks() {}

    private static void atOnce(Trial trial) throws Exception {
        Inapplicable.unless(
                trial.card().can(Capability.STREAM), "config.yaml does not declare stream");
        Script script = Script.says("One", " two", " three").holdsAfter(1);
        trial.mustPlay(script);
        Questions questions = trial.questions();
        Running running = questions.unit().begin(questions.cued(questions.usual()), _ -> true);
        boolean begun = running.heard().beginsWithin(SOON);
        trial.upstream().release();
        if (!begun || trial.upstream().departed().isEmpty()) {
            Questions.hasNotFailed(running.cancel());
        }
        Violation.unless(
                begun,
                "the upstream has sent a piece, and no operation came in %d s; it declares stream, so each piece has to be passed on as it comes",
                SOON.toSeconds());
        Inapplicable.unless(
                trial.upstream().departed().isPresent(),
                "the first piece came at once; the mock upstream cannot let go on");
        equal(script, Questions.sound(running.finish()), "went on after a pause");
    }

    private static void equal(Script script, Heard heard, String how) {
        GenerationResult result = heard.orFail("a stream that " + how);
        Violation.unless(
                result.text().equals(script.text()),
                "the upstream said %s in a stream that %s; the result is %s",
                Said.quoted(script.text()),
                how,
                Said.quoted(result.text()));
    }

    private static void same(Trial trial, Script script, String how) throws Exception {
        trial.mustPlay(script);
        Questions questions = trial.questions();
        equal(script, questions.hear(questions.usual()), how);
    }

    private static void singleBytes(Trial trial) throws Exception {
        same(
                trial,
                Script.says("Ωμέγα", " 漢字", " 😀👩‍👩‍👧").inSingleBytes(),
                "came byte by byte; decode only whole characters");
    }

    private static void noise(Trial trial) throws Exception {
        same(
                trial,
                Script.says("One", " two", " three").noisy(),
                "had keep-alives and events of unknown types between the pieces");
    }

    private static void odd(Trial trial) throws Exception {
        Inapplicable.unless(
                trial.upstream() instanceof HttpUpstream http && !http.oddities().isEmpty(),
                "the mock upstream knows no oddities of its provider");
        HttpUpstream http = (HttpUpstream) trial.upstream();
        Questions questions = trial.questions();
        Script script = Script.says("One", " two", " three");
        for (String oddity : http.oddities()) {
            http.playsOddly(oddity, script);
            equal(script, questions.hear(questions.usual()), "is odd (" + oddity + ")");
        }
    }

    private static void usage(Trial trial) throws Exception {
        Script script = Script.says("One", " two", " three");
        trial.mustPlay(script);
        Inapplicable.unless(
                trial.upstream() instanceof HttpUpstream, "the mock upstream counts by itself");
        Questions questions = trial.questions();
        for (boolean streaming : List.of(true, false)) {
            Usage found =
                    questions
                            .answer("generate", questions.usual().streaming(streaming))
                            .orFail("generate")
                            .usage()
                            .orElseThrow(() ->
                                    Violation.of(
                                            "%s, the upstream counted tokens, and the result has no usage",
                                            streaming ? "streamed" : "not streamed"));
            Usage said = script.usage();
            Violation.unless(
                    found.inputTokens().equals(said.inputTokens())
                            && found.outputTokens().equals(said.outputTokens()),
                    "the upstream counted %s tokens in and %s out, the result has %s and %s",
                    said.inputTokens(),
                    said.outputTokens(),
                    found.inputTokens(),
                    found.outputTokens());
        }
    }

    private static void reasons(Trial trial) throws Exception {
        for (FinishReason reason : List.of(FinishReason.STOP, FinishReason.LENGTH)) {
            trial.mustPlay(Script.says("One", " two").ends(reason));
            Questions questions = trial.questions();
            for (boolean streaming : List.of(true, false)) {
                Heard heard = questions.answer("generate", questions.usual().streaming(streaming));
                Violation.unless(
                        heard.finishReason().filter(reason::equals).isPresent(),
                        "%s, the upstream ended for %s, the result for %s",
                        streaming ? "streamed" : "not streamed",
                        reason,
                        heard.finishReason().map(String::valueOf).orElse("nothing"));
            }
        }
    }
}
