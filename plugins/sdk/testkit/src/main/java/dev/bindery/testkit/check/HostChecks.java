package dev.bindery.testkit.check;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Isolation;
import dev.bindery.host.InstanceChange;
import dev.bindery.testkit.bench.HostSide;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The binding in a whole host. */
final class HostChecks {
    static final Area AREA =
            Area.of(
                    "host",
                    new Check("in a host it answers as it does alone", HostChecks::same),
                    new Check("reloaded under calls, none of them fails", HostChecks::reload),
                    new Check("it runs in a process of its own, too", HostChecks::process));

    private static final int CALLERS = 4;

    private HostChecks() {}

    /** The usual question, as a client of the host asks it. */
    static GenerationRequest question(Trial trial) throws Exception {
        Questions questions = trial.questions();
        GenerationRequest request = questions.cued(questions.usual());
        String id = trial.host().dropped().id();
        return request.toBuilder().model(id + "/" + request.model()).build();
    }

    static GenerationResult ask(HostSide side, GenerationRequest request) {
        return side.host().models().generate(request, _ -> true);
    }

    private static void same(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        String alone = questions.answer("generate", questions.usual()).orFail("generate").text();
        GenerationRequest request = question(trial);
        String hosted = ask(trial.serving(), request).text();
        Violation.unless(
                !trial.subject().isRepeatable() || hosted.equals(alone),
                "in a host the answer is %s, alone it is %s",
                Said.quoted(hosted),
                Said.quoted(alone));
    }

    private static void reload(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        GenerationRequest request = question(trial);
        HostSide side = trial.serving();
        GenerationResult _ = ask(side, request);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(asking(side, request, enough, answers)));
            }
            try {
                HostSide.await(
                        "an answer to those who ask at once",
                        trial.subject().patience(),
                        () -> answers.get() > 0 || callers.stream().anyMatch(Future::isDone));
                side.reload();
                int sofar = answers.get();
                HostSide.await(
                        "an answer of the new generation",
                        trial.subject().patience(),
                        () ->
                                answers.get() > sofar + CALLERS
                                        || callers.stream().anyMatch(Future::isDone));
            } finally {
                enough.set(true);
            }
            for (Future<Boolean> caller : callers) {
                outcome(caller);
            }
        }
    }

    private static Callable<Boolean> asking(
            HostSide side, GenerationRequest request, AtomicBoolean enough, AtomicInteger answers) {
        return () -> {
            while (!enough.get()) {
                ask(side, request);
                answers.incrementAndGet();
            }
            return true;
        };
    }

    private static void outcome(Future<Boolean> caller) throws InterruptedException {
        try {
            caller.get();
        } catch (ExecutionException e) {
            throw Violation.of(
                    "while the jar was reloaded a call failed with %s; both generations have to live side by side: if they cannot, say `swap: exclusive`",
                    Said.of(e.getCause() == null ? e : e.getCause()));
        }
    }

    private static void process(Trial trial) throws Exception {
        Inapplicable.unless(
                trial.card().isolation() == Isolation.CLASSLOADER, "it always runs in one");
        trial.play(Trial.USUAL);
        GenerationRequest request = question(trial);
        HostSide side = trial.serving();
        String before = ask(side, request).text();
        side.configure(InstanceChange.placement(Optional.of("process"), Optional.empty()));
        try {
            HostSide.await("its models are listed", () -> !side.instance().models().isEmpty());
            String apart = ask(side, request).text();
            Violation.unless(
                    !trial.subject().isRepeatable() || apart.equals(before),
                    "in a process of its own it answers %s, else %s",
                    Said.quoted(apart),
                    Said.quoted(before));
        } finally {
            side.configure(InstanceChange.placement(Optional.of(""), Optional.empty()));
        }
    }
}
