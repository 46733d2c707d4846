package dev.bindery.host.artifact;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.JsonDouble;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonValue;
import dev.bindery.api.SettingType;
import dev.bindery.host.document.YamlFields;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a card's settings, and those of its commands' parameters. */
final class SettingsReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final List<String> FIELDS =
            List.of(
                    "name",
                    "type",
                    "value",
                    "help",
                    "min",
                    "max",
                    "options",
                    "required",
                    "secret",
                    "step",
                    "placeholder");

    private SettingsReader() {}

    static List<ConfigEntry> entries(YamlFields card, String field) {
        return card.maps(field).stream().map(SettingsReader::entry).toList();
    }

    private static ConfigEntry entry(YamlFields fields) {
        fields.allowOnly(FIELDS);
        String name = fields.requiredText("name");
        if (!NAME.matcher(name).matches()) {
            throw fields.problem(
                    "name",
                    "found `%s`, expected lower case letters, digits and underscores"
                            .formatted(name));
        }
        ConfigEntry.Builder entry =
                ConfigEntry.builder(name, type(fields))
                        .help(fields.text("help").orElse(""))
                        .min(number(fields, "min"))
                        .max(number(fields, "max"))
                        .options(options(fields))
                        .required(fields.flag("required").orElse(false))
                        .secret(fields.flag("secret").orElse(false))
                        .step(number(fields, "step"))
                        .placeholder(fields.text("placeholder").orElse(null));
        return withDefault(fields, entry);
    }

    private static ConfigEntry withDefault(YamlFields fields, ConfigEntry.Builder entry) {
        try {
            return entry.value(fields.value("value")).build();
        } catch (IllegalArgumentException e) {
            throw fields.problem("value", e.getMessage());
        }
    }

    private static SettingType type(YamlFields fields) {
        String found = fields.requiredText("type");
        return SettingType.ofYamlName(found)
                .orElseThrow(() ->
                        fields.problem(
                                "type",
                                "found `%s`, allowed: %s"
                                        .formatted(
                                                found,
                                                Arrays.stream(SettingType.values())
                                                        .map(SettingType::yamlName)
                                                        .collect(Collectors.joining(", ")))));
    }

    private static @Nullable Double number(YamlFields fields, String name) {
        JsonValue value = fields.value(name);
        return switch (value) {
            case JsonNull _ -> null;
            case JsonLong number -> (double) number.value();
            case JsonDouble number -> number.value();
            default -> throw fields.problem(name, "found %s, expected a number".formatted(value));
        };
    }

    private static List<String> options(YamlFields fields) {
        JsonValue value = fields.value("options");
        return switch (value) {
            case JsonNull _ -> List.of();
            case dev.bindery.api.JsonArray list ->
                    list.items().stream().map(item -> String.valueOf(item.toJava())).toList();
            default ->
                    throw fields.problem(
                            "options", "found %s, expected a list of values".formatted(value));
        };
    }
}
