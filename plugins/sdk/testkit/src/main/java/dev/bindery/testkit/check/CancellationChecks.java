package dev.bindery.testkit.check;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Isolation;
import dev.bindery.testkit.bench.Heard;
import dev.bindery.testkit.bench.HostSide;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Unit.Running;
import dev.bindery.testkit.bench.Violation;
import dev.bindery.testkit.upstream.MockUpstream;
import dev.bindery.testkit.upstream.Script;
import java.time.Duration;

/** Callers who want no more, at every moment at which that can happen. */
final class CancellationChecks {
    static final Area AREA =
            Area.of(
                    "cancellation",
                    new Check(
                            "cancelled before it starts, a call ends", CancellationChecks::before),
                    new Check(
                            "cancelled before the first token, a call ends",
                            CancellationChecks::beforeFirst),
                    new Check(
                            "cancelled in mid-stream, a call ends with what there is",
                            CancellationChecks::midStream),
                    new Check(
                            "cancelled after its end, a call harms nobody",
                            CancellationChecks::after),
                    new Check("a cancelled call not streamed ends, too", CancellationChecks::whole),
                    new Check(
                            "a callback that wants no more ends the answer",
                            CancellationChecks::refused),
                    new Check(
                            "an exception of the callback ends the answer",
                            CancellationChecks::thrown),
                    new Check(
                            "the upstream sees a cancelled caller leave",
                            CancellationChecks::departs));

    private static final String OF_CALLBACK = "thrown by the callback";
    private static final Duration TO_BEGIN = Duration.ofSeconds(10);

    private CancellationChecks() {}

    /** A cancelled call may fail with CANCELLED only, or return what there was. */
    private static void endedAsCancelled(String when, Heard heard) {
        Questions.sound(heard);
        heard.failure()
                .ifPresent(e ->
                        Violation.unless(
                                e.code().equals(ErrorCode.CANCELLED),
                                "cancelled %s, the call failed with %s; expected CANCELLED: where a closed connection throws, call request.cancellation().throwIfCancelled() first",
                                when,
                                Said.of(e)));
        if (heard.failure().isEmpty()) {
            heard.orFail("a call that was cancelled " + when);
        }
    }

    private static void before(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        Heard heard =
                questions
                        .unit()
                        .beginCancelled(questions.cued(questions.usual()))
                        .afterwards("it was begun cancelled");
        endedAsCancelled("before it started", heard);
    }

    private static void beforeFirst(Trial trial) throws Exception {
        silence(trial);
        Questions questions = trial.questions();
        Running running = questions.unit().begin(questions.cued(questions.usual()), _ -> true);
        Heard heard = running.cancel();
        endedAsCancelled("before the first token", heard);
        trial.play(Trial.USUAL);
        questions.answer("the call after a cancelled one", questions.usual());
    }

    private static void silence(Trial trial) {
        trial.play(canHold(trial, Script.silent()) ? Script.silent() : Trial.USUAL);
    }

    private static boolean canHold(Trial trial, Script script) {
        return trial.subject().upstream().filter(up -> up.canPlay(script)).isPresent();
    }

    private static void midStream(Trial trial) throws Exception {
        Script held = Script.says("One", " two", " three").holdsAfter(1);
        boolean holds = canHold(trial, held);
        trial.play(holds ? held : Trial.USUAL);
        Questions questions = trial.questions();
        GenerationRequest request = questions.cued(questions.usual());
        Running running = questions.unit().begin(request, _ -> true);
        if (!running.heard().beginsWithin(TO_BEGIN)) {
            Heard cancelled = running.cancel();
            if (holds) {
                Questions.hasNotFailed(cancelled);
            }
            Violation.unless(
                    !holds,
                    "the upstream has sent a first piece and goes on, but no operation came within %d s; pass on what comes as it comes, and declare `stream` only then",
                    TO_BEGIN.toSeconds());
            endedAsCancelled("before it said anything", cancelled);
            return;
        }
        Heard heard = running.cancel();
        endedAsCancelled("in mid-stream", heard);
        if (holds) {
            isCut(heard);
        }
    }

    /** What came until then is kept; the rest never came. */
    private static void isCut(Heard heard) {
        heard.finishReason()
                .ifPresent(reason ->
                        Violation.unless(
                                reason.equals(FinishReason.CANCELLED),
                                "cancelled in mid-stream, the answer %s ended with %s; expected CANCELLED",
                                Said.quoted(heard.text()),
                                reason));
    }

    private static void after(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        Running running = questions.unit().begin(questions.cued(questions.usual()), _ -> true);
        running.finish().orFail("generate");
        running.cancel();
        questions.answer("the call after one that was cancelled late", questions.usual());
    }

    private static void whole(Trial trial) throws Exception {
        trial.mustPlay(Script.silent());
        Questions questions = trial.questions();
        Running running =
                questions
                        .unit()
                        .begin(questions.cued(questions.usual().streaming(false)), _ -> true);
        endedAsCancelled("while the upstream was silent", running.cancel());
    }

    private static void refused(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        int pieces = questions.answer("generate", questions.usual()).pieces().size();
        Inapplicable.unless(pieces > 2, "the whole answer comes in fewer than three pieces");
        Running running =
                questions.unit().begin(questions.cued(questions.usual()), o -> o.text().isEmpty());
        Heard heard = running.afterwards("its callback returned false");
        for (String fault : heard.faults()) {
            throw new Violation(fault);
        }
        endedAsRefused(heard, pieces);
        // What a process has sent by then was sent before it could hear of it.
        if (trial.card().isolation() != Isolation.PROCESS) {
            saysSo(heard, pieces);
        }
    }

    private static void endedAsRefused(Heard heard, int pieces) {
        heard.failure()
                .ifPresent(e ->
                        Violation.unless(
                                e.code().equals(ErrorCode.CANCELLED),
                                "the callback returned false, and the call failed with %s; expected a result with FinishReason.CANCELLED",
                                Said.of(e)));
        Violation.unless(
                heard.textAfterRefusal() == 0,
                "the callback returned false at the first of %d pieces of text, and was called with %d more; stop, and return what there is with FinishReason.CANCELLED",
                pieces,
                heard.textAfterRefusal());
    }

    private static void saysSo(Heard heard, int pieces) {
        heard.finishReason()
                .ifPresent(reason ->
                        Violation.unless(
                                reason.equals(FinishReason.CANCELLED),
                                "the callback returned false at the first of %d pieces, and the result's finish reason is %s; expected CANCELLED",
                                pieces,
                                reason));
    }

    private static void thrown(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        Running running =
                questions
                        .unit()
                        .begin(
                                questions.cued(questions.usual()),
                                _ -> {
                                    throw new IllegalStateException(OF_CALLBACK);
                                });
        Heard heard = running.afterwards("its callback threw an exception");
        Inapplicable.unless(!heard.operations().isEmpty(), "no operation comes at all");
        Violation.unless(
                heard.failure()
                        .filter(e -> String.valueOf(e.getMessage()).contains(OF_CALLBACK))
                        .isPresent(),
                "the callback threw an exception, and the call ended with %s; exceptions of the callback are the host's: let them pass",
                heard.failure().map(Said::of).orElse("a result"));
    }

    private static void departs(Trial trial) throws Exception {
        MockUpstream upstream = trial.upstream();
        Inapplicable.unless(
                upstream.departed().isPresent(), "the mock upstream cannot see callers leave");
        trial.mustPlay(Script.says("One", " two", " three").holdsAfter(1));
        Questions questions = trial.questions();
        int before = upstream.departed().orElse(0);
        Running running = questions.unit().begin(questions.cued(questions.usual()), _ -> true);
        running.heard().beginsWithin(TO_BEGIN);
        running.cancel();
        HostSide.await(
                "the connection of the cancelled call is closed, so that the provider stops; close it in request.cancellation().onCancel(…)",
                Duration.ofSeconds(5),
                () -> upstream.departed().orElse(0) > before);
    }
}
