package dev.bindery.host;

import dev.bindery.api.JsonValue;
import java.util.Map;
import java.util.Optional;

/**
 * What to change on an instance; what is absent or empty stays as it is.
 *
 * @param binding the binding's id; needed for a new instance whose name is not a binding's id
 * @param settings values by name; {@link dev.bindery.api.JsonNull} goes back to the default; a
 *     string is converted to the setting's type, so that a command line can send what was typed
 * @param enabled whether it shall serve
 * @param defaultModel the model that the bare instance name stands for; empty text for none
 * @param aliases alias to model; an empty text removes the alias
 * @param limits by name: concurrency, queue, first_token_s, idle_s, total_s, unload_after_s,
 *     retries; null for the default
 * @param isolation where its code runs: {@code process}; empty text for where its card says
 * @param memory the most memory of its process, as {@link Placement} takes it; empty text for the
 *     default
 * @param calls which models of other instances it may use, in place of those before
 */
public record InstanceChange(
        Optional<String> binding,
        Map<String, JsonValue> settings,
        Optional<Boolean> enabled,
        Optional<String> defaultModel,
        Map<String, String> aliases,
        Map<String, JsonValue> limits,
        Optional<String> isolation,
        Optional<String> memory,
        Optional<Reach> calls) {
    public InstanceChange {
        settings = Map.copyOf(settings);
        aliases = Map.copyOf(aliases);
        limits = Map.copyOf(limits);
    }

    /** A change that leaves the code where it runs. */
    public InstanceChange(
            Optional<String> binding,
            Map<String, JsonValue> settings,
            Optional<Boolean> enabled,
            Optional<String> defaultModel,
            Map<String, String> aliases,
            Map<String, JsonValue> limits) {
        this(
                binding,
                settings,
                enabled,
                defaultModel,
                aliases,
                limits,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A change of where the code runs only; an empty text goes back to what the card says. */
    public static InstanceChange placement(Optional<String> isolation, Optional<String> memory) {
        return new InstanceChange(
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                isolation,
                memory,
                Optional.empty());
    }

    /** A change of what it may use only. */
    public static InstanceChange calls(Reach calls) {
        return new InstanceChange(
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(calls));
    }

    /** A change of settings only. */
    public static InstanceChange settings(Map<String, JsonValue> settings) {
        return new InstanceChange(
                Optional.empty(), settings, Optional.empty(), Optional.empty(), Map.of(), Map.of());
    }
}
