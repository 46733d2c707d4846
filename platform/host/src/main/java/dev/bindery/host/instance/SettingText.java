package dev.bindery.host.instance;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.host.document.DocumentException;
import dev.bindery.host.document.YamlDocument;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Turns what was typed on a command line into a value of the setting's type. */
public final class SettingText {
    private static final String ITEMS = "items";

    private SettingText() {}

    /** The typed value; what does not fit the type stays a text, and is refused as one. */
    public static JsonValue typed(ConfigEntry entry, JsonValue value) {
        if (!(value instanceof JsonString text)) {
            return value;
        }
        return switch (entry.type()) {
            case INT -> whole(text.value()).orElse(value);
            case FLOAT -> number(text.value()).orElse(value);
            case BOOL -> flag(text.value()).orElse(value);
            case LIST -> list(text.value()).orElse(value);
            case DICT -> map(text.value()).orElse(value);
            case STR, TEXT, FILE, FOLDER, BTN -> value;
        };
    }

    private static Optional<JsonValue> whole(String text) {
        try {
            return Optional.of(JsonValue.of(Long.parseLong(text.trim())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonValue> number(String text) {
        try {
            double number = Double.parseDouble(text.trim());
            return Double.isFinite(number)
                    ? whole(text).or(() -> Optional.of(JsonValue.of(number)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonValue> flag(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> Optional.of(JsonValue.of(true));
            case "false", "no", "off", "0" -> Optional.of(JsonValue.of(false));
            default -> Optional.empty();
        };
    }

    /** Words between commas; or a JSON array, for words that have commas in them. */
    private static Optional<JsonValue> list(String text) {
        if (text.strip().startsWith("[")) {
            return map("{%s: %s}".formatted(ITEMS, text))
                    .map(JsonObject.class::cast)
                    .filter(map -> map.fields().size() == 1)
                    .flatMap(map -> map.field(ITEMS));
        }
        return Optional.of(
                JsonValue.of(
                        Arrays.stream(text.split(",", -1))
                                .map(String::trim)
                                .filter(item -> !item.isEmpty())
                                .toList()));
    }

    /** Every JSON object is a YAML map too. */
    private static Optional<JsonValue> map(String text) {
        try {
            return Optional.of(YamlDocument.parse("value", text).fields().json());
        } catch (DocumentException e) {
            return Optional.empty();
        }
    }
}
