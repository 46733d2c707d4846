package dev.bindery.host.instance;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An instance as it is to become.
 *
 * @param config what goes into its file
 * @param secrets what goes into the secret store
 */
public record Draft(InstanceConfig config, Secrets secrets) {
    static Draft of(
            InstanceConfig before,
            Secrets secretsBefore,
            InstanceChange change,
            ConfigTemplate template) {
        Map<String, JsonValue> settings = new LinkedHashMap<>(before.settings().fields());
        Map<String, JsonValue> secrets = new LinkedHashMap<>(secretsBefore.values());
        change.settings()
                .forEach((name, value) -> {
                    ConfigEntry entry = entry(template, name);
                    if (entry.secret()) {
                        settings.remove(name);
                        refuseReference(entry, value);
                    }
                    JsonValue typed = SettingText.typed(entry, value);
                    if (!before.settings().field(name).equals(Optional.of(typed))) {
                        PathCheck.check(entry, typed);
                    }
                    put(entry.secret() ? secrets : settings, name, typed);
                });
        InstanceConfig config =
                new InstanceConfig(
                        before.name(),
                        change.binding().orElse(before.binding()),
                        new JsonObject(settings),
                        change.defaultModel().or(before::defaultModel).filter(m -> !m.isEmpty()),
                        merged(before.aliases(), change.aliases()),
                        change.enabled().orElse(before.enabled()),
                        limits(before.limits(), change.limits()),
                        PlacementFields.changed(before.placement(), change),
                        change.calls().orElse(before.calls()),
                        false);
        Set<String> given = change.settings().keySet();
        SecretBinding.check(before, secretsBefore, config, given, template);
        return new Draft(
                config,
                new Secrets(secrets, secretsBefore.addresses())
                        .given(given, SecretBinding.addresses(config, template)));
    }

    private static ConfigEntry entry(ConfigTemplate template, String name) {
        return template.entry(name)
                .orElseThrow(() ->
                        HostException.invalid(
                                "there is no setting %s; there are: %s"
                                        .formatted(
                                                name,
                                                template.entries().stream()
                                                        .map(ConfigEntry::name)
                                                        .collect(Collectors.joining(", ")))));
    }

    private static void refuseReference(ConfigEntry entry, JsonValue value) {
        if (References.isReference(value)) {
            throw HostException.invalid(
                    "%s: references such as ${env:…} are read only from conf/instances/; write it there"
                            .formatted(entry.name()));
        }
    }

    private static void put(Map<String, JsonValue> values, String name, JsonValue value) {
        if (value instanceof JsonNull) {
            values.remove(name);
        } else {
            values.put(name, value);
        }
    }

    private static Map<String, String> merged(
            Map<String, String> before, Map<String, String> change) {
        Map<String, String> merged = new LinkedHashMap<>(before);
        merged.putAll(change);
        merged.values().removeIf(String::isEmpty);
        return merged;
    }

    private static JsonObject limits(JsonObject before, Map<String, JsonValue> change) {
        Map<String, JsonValue> limits = new LinkedHashMap<>(before.fields());
        change.forEach((name, value) -> put(limits, name, LimitCheck.checked(name, value)));
        return new JsonObject(limits);
    }
}
