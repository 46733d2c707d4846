package dev.bindery.host.process;

import dev.bindery.api.Health;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.protocol.ConfigCodec;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** What a child is asked over its life: to begin, to take other settings, how it is, to end. */
final class LifeQuestions {
    private static final Duration HEALTH = Duration.ofSeconds(1);

    private LifeQuestions() {}

    /**
     * One of the methods that load the binding.
     *
     * @param method {@code start}, {@code install} or {@code uninstall}
     */
    static Question<Boolean> begin(String method, ObjectNode setup, ProcessLimits limits) {
        return Question.of(method, setup).within(limits.start());
    }

    static Question<Boolean> settingsUpdated(TypedConfig updated, ProcessLimits limits) {
        return Question.of(
                        "settingsUpdated",
                        new WireObject().node("config", ConfigCodec.encode(updated)).node(),
                        line -> line.flag("result"))
                .within(limits.start());
    }

    static Question<Health> health() {
        return Question.of("health", new WireObject().node(), LifeQuestions::health).within(HEALTH);
    }

    static Question<Boolean> stop(ProcessLimits limits) {
        return Question.of("stop", new WireObject().node()).within(limits.stop());
    }

    private static Health health(WireReader line) {
        WireReader health = line.object("result");
        return Health.of(health.text("status"), health.textIf("reason").orElse(""));
    }
}
