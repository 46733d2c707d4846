package dev.bindery.testkit.check;

import dev.bindery.api.Capability;
import dev.bindery.api.Health;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.bench.Violation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Starting, stopping, and what lies between without a call. */
final class LifeChecks {
    static final Area AREA =
            Area.of(
                    "life",
                    new Check("it starts and stops", LifeChecks::startsAndStops),
                    new Check("two of its instances live side by side", LifeChecks::sideBySide),
                    new Check("health answers at once", LifeChecks::health));

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private LifeChecks() {}

    private static void startsAndStops(Trial trial) throws Exception {
        trial.bench().start().close();
    }

    private static void sideBySide(Trial trial) throws Exception {
        try (Unit one = trial.bench().start()) {
            Unit other = trial.bench().start();
            other.close();
            one.call("health", one.binding()::health);
        }
    }

    private static void health(Trial trial) throws Exception {
        Unit unit = trial.bench().unit();
        long begin = System.nanoTime();
        Health health = unit.call("health", unit.binding()::health);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Violation.unless(
                took.compareTo(AT_ONCE) < 0,
                "health took %d ms; it must not block: answer what was seen last",
                took.toMillis());
        Violation.unless(
                health.equals(Health.UP) || !health.reason().isBlank(),
                "health is %s without a reason; say what is wrong",
                health.status());
    }

    /** The card, as a host of a later contract might know it. */
    static void cardOfALaterVersion(Trial trial) throws Exception {
        Set<Capability> more = new HashSet<>(trial.card().capabilities());
        more.add(new Capability("telepathy"));
        trial.bench().start(trial.card().toBuilder().capabilities(more).build()).close();
    }
}
