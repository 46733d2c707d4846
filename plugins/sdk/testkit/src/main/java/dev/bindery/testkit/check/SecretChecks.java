package dev.bindery.testkit.check;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.testkit.bench.Given;
import dev.bindery.testkit.bench.HostSide;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.LogEar;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.upstream.MockUpstream;
import dev.bindery.testkit.upstream.Script;

/** Secrets stay where they belong. */
final class SecretChecks {
    static final Area AREA =
            Area.of(
                    "secrets",
                    new Check("no secret is in what it tells", SecretChecks::told),
                    new Check("no secret is in logs, events and errors", SecretChecks::logged));

    private SecretChecks() {}

    private static Given given(Trial trial) {
        Given given = trial.given();
        Inapplicable.unless(!given.secrets().isEmpty(), "no secret setting has a value");
        return given;
    }

    /** Without a host around it, so that nothing masks what it says. */
    private static void told(Trial trial) throws Exception {
        Given given = given(trial);
        Unit unit = trial.bench().start();
        unit.close();
        unit.notices().forEach(notice -> given.mustNotBeIn("a notification", notice));
        given.mustNotBeIn("toString of the binding", String.valueOf(unit.binding()));
        if (trial.subject().upstream().isEmpty()) {
            return;
        }
        Questions questions = trial.questions();
        trial.play(Script.hangsUp());
        questions
                .hear(questions.usual())
                .failure()
                .ifPresent(e -> given.mustNotBeIn("an error", String.valueOf(e.getMessage())));
        trial.play(Trial.USUAL);
    }

    private static void logged(Trial trial) throws Exception {
        Given given = given(trial);
        given.needComplete();
        trial.play(Trial.USUAL);
        GenerationRequest request = HostChecks.question(trial);
        trial.serving();
        try (LogEar ear = LogEar.listening()) {
            HostSide side = trial.host();
            side.reload();
            HostChecks.ask(side, request);
            trial.subject().upstream().ifPresent(upstream -> fails(upstream, side, request, given));
            ear.heard().forEach(line -> given.mustNotBeIn("the log", line));
            side.told().forEach(event -> given.mustNotBeIn("an event", event));
            given.mustNotBeIn("the settings shown", side.instance().settings().toString());
        } finally {
            trial.play(Trial.USUAL);
        }
    }

    /** A provider that shows the key that it refuses. */
    private static void fails(
            MockUpstream upstream, HostSide side, GenerationRequest request, Given given) {
        String key = given.secrets().iterator().next();
        for (Script script :
                java.util.List.of(
                        Script.refuses(
                                ErrorCode.UPSTREAM_AUTHENTICATION, "this key is wrong: " + key),
                        Script.html(),
                        Script.garbage())) {
            if (upstream.canPlay(script)) {
                upstream.plays(script);
                try {
                    HostChecks.ask(side, request);
                } catch (BindingException e) {
                    given.mustNotBeIn("an error", String.valueOf(e.getMessage()));
                }
            }
        }
    }
}
