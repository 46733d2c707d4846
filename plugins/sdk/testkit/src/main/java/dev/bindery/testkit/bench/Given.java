package dev.bindery.testkit.bench;

import dev.bindery.api.BindingCard;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.api.SettingType;
import dev.bindery.testkit.BindingUnderTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings that a binding is tried with: what its test gives, secrets made long enough to be
 * found again, and placeholders where something required is missing.
 *
 * @param values by name
 * @param placeholders the required settings that nobody gave
 * @param secrets what must not be found anywhere
 */
public record Given(Map<String, JsonValue> values, List<String> placeholders, Set<String> secrets) {
    private static final int FINDABLE = 8;
    private static final String SECRET = "bindery-testkit-secret-5f0c9e";

    public Given {
        values = Map.copyOf(values);
        placeholders = List.copyOf(placeholders);
        secrets = Set.copyOf(secrets);
    }

    static Given of(BindingUnderTest subject, BindingCard card) {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        subject.settings().forEach((name, value) -> values.put(name, JsonValue.of(value)));
        List<String> placeholders = new ArrayList<>();
        boolean mocked = subject.upstream().isPresent();
        for (ConfigEntry entry : card.settings().entries()) {
            values.computeIfPresent(entry.name(), (_, value) -> typed(entry, value));
            JsonValue given = values.get(entry.name());
            if (given == null && isMissing(entry)) {
                values.put(entry.name(), placeholder(entry));
                if (!(mocked && entry.secret())) {
                    placeholders.add(entry.name());
                }
            } else if (mocked && entry.secret() && isShort(given)) {
                values.put(entry.name(), JsonValue.of(SECRET));
            }
        }
        return new Given(values, placeholders, secretsOf(card, values));
    }

    /** What was typed on a command line, as the kind of value that the entry has. */
    private static JsonValue typed(ConfigEntry entry, JsonValue value) {
        if (!(value instanceof JsonString written)) {
            return value;
        }
        String text = written.value().strip();
        try {
            return switch (entry.type()) {
                case INT -> JsonValue.of(Long.parseLong(text));
                case FLOAT -> JsonValue.of(Double.parseDouble(text));
                case BOOL -> JsonValue.of(Boolean.parseBoolean(text));
                case LIST -> JsonValue.of(List.of(text.split("\\s*,\\s*")));
                default -> value;
            };
        } catch (NumberFormatException e) {
            throw new Violation("the setting %s: %s is no number".formatted(entry.name(), text));
        }
    }

    private static boolean isMissing(ConfigEntry entry) {
        return entry.required()
                && (entry.value() instanceof JsonNull
                        || (entry.value() instanceof JsonString text && text.value().isEmpty()));
    }

    private static boolean isShort(@org.jspecify.annotations.Nullable JsonValue value) {
        return value instanceof JsonString text && text.value().length() < FINDABLE;
    }

    private static JsonValue placeholder(ConfigEntry entry) {
        if (!entry.options().isEmpty()) {
            return JsonValue.of(entry.options().getFirst());
        }
        if (entry.type() == SettingType.INT || entry.type() == SettingType.FLOAT) {
            return JsonValue.of((long) Math.ceil(entry.min().orElse(1)));
        }
        return switch (entry.type()) {
            case BOOL -> JsonValue.of(false);
            case LIST -> JsonValue.of(List.of("placeholder"));
            case DICT -> JsonValue.of(Map.of("placeholder", "placeholder"));
            default -> JsonValue.of(entry.secret() ? SECRET : address(entry));
        };
    }

    /** A place on this machine where nobody listens, for what is an address. */
    private static String address(ConfigEntry entry) {
        boolean isAddress =
                entry.name().contains("url")
                        || entry.placeholder().filter(text -> text.startsWith("http")).isPresent();
        return isAddress ? "http://127.0.0.1:9" : "placeholder";
    }

    private static Set<String> secretsOf(BindingCard card, Map<String, JsonValue> values) {
        return card.settings().entries().stream()
                .filter(ConfigEntry::secret)
                .map(entry -> values.getOrDefault(entry.name(), JsonNull.NULL))
                .flatMap(Given::texts)
                .filter(text -> text.length() >= FINDABLE)
                .collect(java.util.stream.Collectors.toSet());
    }

    private static Stream<String> texts(JsonValue value) {
        return switch (value) {
            case JsonString text -> Stream.of(text.value());
            case JsonArray list -> list.items().stream().flatMap(Given::texts);
            case JsonObject map -> map.fields().values().stream().flatMap(Given::texts);
            default -> Stream.empty();
        };
    }

    /** Whether the binding can be expected to answer. */
    public boolean isComplete() {
        return placeholders.isEmpty();
    }

    /**
     * @throws Inapplicable when a required setting has a placeholder only
     */
    public void needComplete() {
        Inapplicable.unless(
                isComplete(),
                "the required setting%s %s %s no value"
                        .formatted(
                                placeholders.size() == 1 ? "" : "s",
                                String.join(", ", placeholders),
                                placeholders.size() == 1 ? "has" : "have"));
    }

    /**
     * @throws Violation when that text has a secret in it
     */
    public void mustNotBeIn(String where, String text) {
        for (String secret : secrets) {
            Violation.unless(
                    !text.contains(secret),
                    "a secret setting is in %s: %s. Never put one into messages",
                    where,
                    Said.brief(text.replace(secret, "<the secret>")));
        }
    }
}
