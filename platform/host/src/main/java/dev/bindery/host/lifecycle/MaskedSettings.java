package dev.bindery.host.lifecycle;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.host.instance.InstanceConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of an instance for people: what holds for each, and of a secret only whether it is.
 */
final class MaskedSettings {
    private static final JsonValue MASK = new JsonString("***");
    private static final JsonValue NONE = new JsonString("");

    private MaskedSettings() {}

    static JsonObject of(
            InstanceConfig config, Map<String, JsonValue> secrets, ConfigTemplate template) {
        Map<String, JsonValue> shown = new LinkedHashMap<>();
        for (ConfigEntry entry : template.entries()) {
            shown.put(entry.name(), shown(entry, config, secrets));
        }
        return new JsonObject(shown);
    }

    private static JsonValue shown(
            ConfigEntry entry, InstanceConfig config, Map<String, JsonValue> secrets) {
        JsonValue given = config.settings().field(entry.name()).orElse(entry.value());
        if (!entry.secret()) {
            return given;
        }
        JsonValue secret =
                Objects.requireNonNullElse(
                        secrets.get(entry.name()),
                        config.settings().field(entry.name()).orElse(NONE));
        return secret.equals(NONE) ? NONE : MASK;
    }
}
