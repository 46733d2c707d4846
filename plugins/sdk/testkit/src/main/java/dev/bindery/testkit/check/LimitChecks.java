package dev.bindery.testkit.check;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.testkit.bench.HostSide;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Violation;
import dev.bindery.testkit.upstream.Script;
import java.time.Duration;
import java.util.Map;

/** The three limits that a host keeps: the binding's call has to end with them. */
final class LimitChecks {
    static final Area AREA =
            Area.of(
                    "limits",
                    new Check(
                            "the limit to the first token ends the call", LimitChecks::toTheFirst),
                    new Check("the limit between tokens ends the call", LimitChecks::between),
                    new Check("the limit of the whole call ends it", LimitChecks::total));

    private static final Map<String, Long> GENEROUS =
            Map.of("first_token_s", 600L, "idle_s", 120L, "total_s", 3600L);

    private LimitChecks() {}

    private static void toTheFirst(Trial trial) throws Exception {
        limited(trial, Script.silent(), "first_token_s");
    }

    private static void between(Trial trial) throws Exception {
        limited(trial, Script.says("One", " two", " three").holdsAfter(1), "idle_s");
    }

    private static void total(Trial trial) throws Exception {
        limited(trial, Script.says("One", " two", " three").holdsAfter(1), "total_s");
    }

    private static void limited(Trial trial, Script script, String limit) throws Exception {
        trial.upstream();
        HostSide side = trial.serving();
        trial.mustPlay(script);
        GenerationRequest request = HostChecks.question(trial);
        trial.serving();
        trial.mustPlay(script);
        side.limit(Map.of(limit, 1L));
        try {
            BindingException e =
                    side.failure(
                            "a call whose upstream is silent for longer than " + limit,
                            "TIMEOUT",
                            () -> HostChecks.ask(side, request));
            Violation.unless(
                    e.code().equals(ErrorCode.TIMEOUT),
                    "a call over its limit %s failed with %s; expected TIMEOUT",
                    limit,
                    Said.of(e));
            ends(side, limit);
        } finally {
            side.limit(GENEROUS);
        }
    }

    private static void ends(HostSide side, String limit) throws InterruptedException {
        HostSide.await(
                "the binding's call has ended after its limit %s was over; a host cancels it then, and calls that go on are stuck"
                        .formatted(limit),
                Duration.ofSeconds(6),
                () -> side.instance().activeCalls() == 0 && side.instance().stuckCalls() == 0);
    }
}
