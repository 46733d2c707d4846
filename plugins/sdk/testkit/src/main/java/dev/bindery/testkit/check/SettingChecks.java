package dev.bindery.testkit.check;

import dev.bindery.api.BindingException;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonValue;
import dev.bindery.api.SettingType;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import dev.bindery.testkit.bench.HostSide;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.bench.Violation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What operators set, rightly and wrongly. */
final class SettingChecks {
    static final Area AREA =
            Area.of(
                    "settings",
                    new Check("each setting can be changed while it runs", SettingChecks::changed),
                    new Check(
                            "a changed setting leaves the instance serving",
                            SettingChecks::applied),
                    new Check("every setting says what it is for", SettingChecks::explained));

    private SettingChecks() {}

    private static void changed(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Map<String, JsonValue> changes = changes(trial);
        Inapplicable.unless(!changes.isEmpty(), "no setting can be changed without knowing it");
        try (Unit unit = trial.bench().start()) {
            for (Map.Entry<String, JsonValue> change : changes.entrySet()) {
                update(trial, unit, change);
            }
            unit.update(trial.bench().config(Map.of()));
        }
        if (trial.given().isComplete()) {
            Questions questions = trial.questions();
            questions.answer("the call after settings were changed", questions.usual());
        }
    }

    private static void update(Trial trial, Unit unit, Map.Entry<String, JsonValue> change)
            throws InterruptedException {
        var updated = trial.bench().config(Map.of(change.getKey(), change.getValue()));
        unit.answeredOrRefused(
                "settingsUpdated with %s = %s".formatted(change.getKey(), change.getValue()),
                java.util.Set.of(ErrorCode.INVALID_REQUEST, ErrorCode.NOT_CONFIGURED),
                () -> unit.binding().settingsUpdated(updated));
    }

    /** Another valid value for every number and flag, then for every choice. */
    private static Map<String, JsonValue> changes(Trial trial) {
        Map<String, JsonValue> changes = new LinkedHashMap<>();
        trial.card().settings().entries().stream()
                .filter(entry -> !entry.secret())
                .sorted(Comparator.comparing(entry -> entry.type() == SettingType.STR))
                .forEach(entry ->
                        other(trial, entry).ifPresent(value -> changes.put(entry.name(), value)));
        return changes;
    }

    private static Optional<JsonValue> other(Trial trial, ConfigEntry entry) {
        JsonValue now = trial.given().values().getOrDefault(entry.name(), entry.value());
        return switch (entry.type()) {
            case INT -> number(entry, now).map(n -> (JsonValue) new JsonLong((long) (double) n));
            case BOOL -> Optional.of(JsonValue.of(!now.equals(JsonValue.of(true))));
            case STR ->
                    entry.options().stream()
                            .filter(option -> !now.equals(JsonValue.of(option)))
                            .findFirst()
                            .map(JsonValue::of);
            default -> Optional.empty();
        };
    }

    /** One more than now, or one less where there is no more. */
    private static Optional<Double> number(ConfigEntry entry, JsonValue now) {
        double value = now instanceof JsonLong number ? number.value() : entry.min().orElse(0);
        if (value + 1 <= entry.max().orElse(Double.MAX_VALUE)) {
            return Optional.of(value + 1);
        }
        return value - 1 >= entry.min().orElse(-Double.MAX_VALUE)
                ? Optional.of(value - 1)
                : Optional.empty();
    }

    /** The first change that is not refused; one that changes a number rather than a choice. */
    private static void applied(Trial trial) throws Exception {
        Map<String, JsonValue> changes = changes(trial);
        Inapplicable.unless(!changes.isEmpty(), "no setting can be changed without knowing it");
        Optional<GenerationRequest> question = question(trial);
        HostSide side = trial.serving();
        String refusal = "";
        for (Map.Entry<String, JsonValue> change : changes.entrySet()) {
            try {
                isServing(side, change);
                question.ifPresent(request -> answers(side, request, change));
                return;
            } catch (HostException e) {
                refusal = "%s = %s is refused: %s".formatted(change.getKey(), change.getValue(), e);
            } finally {
                putBack(trial, side, change.getKey());
            }
        }
        throw new Inapplicable(refusal);
    }

    /** What can be asked; nothing of a binding that only makes vectors. */
    private static Optional<GenerationRequest> question(Trial trial) throws Exception {
        try {
            return Optional.of(HostChecks.question(trial));
        } catch (Inapplicable _) {
            return Optional.empty();
        }
    }

    private static void isServing(HostSide side, Map.Entry<String, JsonValue> change) {
        InstanceStatus after =
                side.configure(InstanceChange.settings(Map.of(change.getKey(), change.getValue())));
        Violation.unless(
                after.state() == InstanceState.ACTIVE,
                "with %s = %s the instance is %s: %s",
                change.getKey(),
                change.getValue(),
                after.state(),
                after.reason());
    }

    private static void answers(
            HostSide side, GenerationRequest request, Map.Entry<String, JsonValue> change) {
        try {
            HostChecks.ask(side, request);
        } catch (BindingException e) {
            throw Violation.of(
                    "it took %s = %s, which its card allows, and a call failed then with %s; refuse in settingsUpdated or start what cannot work",
                    change.getKey(), change.getValue(), Said.of(e));
        }
    }

    private static void putBack(Trial trial, HostSide side, String name) {
        JsonValue before = trial.given().values().getOrDefault(name, dev.bindery.api.JsonNull.NULL);
        side.configure(InstanceChange.settings(Map.of(name, before)));
    }

    private static void explained(Trial trial) {
        for (ConfigEntry entry : trial.card().settings().entries()) {
            if (entry.help().isBlank()) {
                throw new Advice(
                        "the setting %s has no help; say in a sentence what it does, with its unit"
                                .formatted(entry.name()));
            }
        }
    }
}
