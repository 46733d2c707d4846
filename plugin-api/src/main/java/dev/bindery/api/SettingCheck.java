package dev.bindery.api;

import java.util.Optional;

/** Holds a value against its {@link ConfigEntry}; the one place that knows the rules. */
final class SettingCheck {
    private SettingCheck() {}

    /**
     * What is wrong with the value: what was found and what is allowed; never the secret itself.
     */
    static Optional<String> problem(ConfigEntry entry, JsonValue value) {
        if (!isOfType(entry.type(), value)) {
            return Optional.of("%s is %s".formatted(shown(entry, value), expected(entry)));
        }
        if (!entry.options().isEmpty() && !isAmongOptions(entry, value)) {
            return Optional.of(
                    "%s is not one of %s"
                            .formatted(shown(entry, value), String.join(", ", entry.options())));
        }
        double measure = measure(value);
        if (measure < entry.min().orElse(Double.NEGATIVE_INFINITY)
                || measure > entry.max().orElse(Double.POSITIVE_INFINITY)) {
            return Optional.of(
                    "%s is out of range: %s".formatted(shown(entry, value), range(entry)));
        }
        return Optional.empty();
    }

    private static boolean isOfType(SettingType type, JsonValue value) {
        return switch (type) {
            case INT -> value instanceof JsonLong;
            case FLOAT -> value instanceof JsonLong || value instanceof JsonDouble;
            case STR, TEXT, FILE, FOLDER -> value instanceof JsonString;
            case BOOL -> value instanceof JsonBoolean;
            case LIST ->
                    value instanceof JsonArray list
                            && list.items().stream().allMatch(JsonString.class::isInstance);
            case DICT -> value instanceof JsonObject;
            case BTN -> false;
        };
    }

    private static boolean isAmongOptions(ConfigEntry entry, JsonValue value) {
        if (value instanceof JsonArray list) {
            return list.items().stream().allMatch(item -> isAmongOptions(entry, item));
        }
        return entry.options().contains(String.valueOf(value.toJava()));
    }

    /** The number itself, or the length of a text, a list or a map. */
    private static double measure(JsonValue value) {
        return switch (value) {
            case JsonLong number -> (double) number.value();
            case JsonDouble number -> number.value();
            case JsonString text -> text.value().length();
            case JsonArray list -> list.items().size();
            case JsonObject map -> map.fields().size();
            case JsonBoolean _, JsonNull _ -> 0;
        };
    }

    /** The setting with the value that was found, shortened; never a secret. */
    static String shown(ConfigEntry entry, JsonValue value) {
        String text = value.toString();
        if (entry.secret()) {
            return entry.name() + ": the value given";
        }
        return entry.name() + ": " + (text.length() > 80 ? text.substring(0, 80) + "…" : text);
    }

    private static String expected(ConfigEntry entry) {
        return switch (entry.type()) {
            case INT -> "not a whole number" + rangeIfAny(entry);
            case FLOAT -> "not a number" + rangeIfAny(entry);
            case STR, TEXT -> "not a text";
            case FILE, FOLDER -> "not a path";
            case BOOL -> "neither true nor false";
            case LIST -> "not a list of texts";
            case DICT -> "not a map";
            case BTN -> "a button, which has no value: leave it out";
        };
    }

    private static String rangeIfAny(ConfigEntry entry) {
        boolean bounded = entry.min().isPresent() || entry.max().isPresent();
        return bounded ? " " + range(entry) : "";
    }

    private static String range(ConfigEntry entry) {
        String unit =
                switch (entry.type()) {
                    case INT, FLOAT -> "";
                    case STR, TEXT, FILE, FOLDER -> " characters";
                    case LIST, DICT -> " entries";
                    case BOOL, BTN -> "";
                };
        if (entry.min().isEmpty()) {
            return "at most %s%s".formatted(plain(entry.max().orElseThrow()), unit);
        }
        if (entry.max().isEmpty()) {
            return "at least %s%s".formatted(plain(entry.min().getAsDouble()), unit);
        }
        return "from %s to %s%s"
                .formatted(
                        plain(entry.min().getAsDouble()), plain(entry.max().getAsDouble()), unit);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
