package dev.bindery.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Settings that fit their template: the guide's {@code TypedConfig}. An immutable snapshot, with
 * the template's defaults where nothing was given.
 *
 * <p>The accessors throw {@link IllegalArgumentException} for a name that the template does not
 * have, or has with another type: a mistake of the author, not of the operator.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class TypedConfig {
    /** No settings at all. */
    public static final TypedConfig EMPTY = new TypedConfig(ConfigTemplate.EMPTY, BaseConfig.EMPTY);

    private final ConfigTemplate template;
    private final Map<String, JsonValue> values = new LinkedHashMap<>();

    /**
     * @throws BindingException {@link ErrorCode#INVALID_REQUEST}, naming every value that does not
     *     fit and what is allowed in its place, and every name that the template does not have
     */
    public TypedConfig(ConfigTemplate template, BaseConfig config) {
        this.template = template;
        List<String> problems = new ArrayList<>();
        for (ConfigEntry entry : template.entries()) {
            values.put(entry.name(), entry.value());
        }
        config.values().fields().forEach((name, value) -> take(name, value, problems));
        if (!problems.isEmpty()) {
            throw BindingException.invalidRequest(String.join("; ", problems));
        }
    }

    private void take(String name, JsonValue value, List<String> problems) {
        ConfigEntry entry = template.entry(name).orElse(null);
        if (entry == null) {
            problems.add("there is no setting %s; there are: %s".formatted(name, names()));
        } else if (!(value instanceof JsonNull)) {
            SettingCheck.problem(entry, value)
                    .ifPresentOrElse(problems::add, () -> values.put(name, value));
        }
    }

    private String names() {
        String all =
                template.entries().stream()
                        .map(ConfigEntry::name)
                        .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    /** What the settings were held against. */
    public ConfigTemplate template() {
        return template;
    }

    /** All values by name, {@link JsonNull} for what has none. Secrets are among them. */
    public Map<String, JsonValue> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Whether the setting has a value that is not empty. */
    public boolean has(String name) {
        JsonValue value = value(name);
        return !(value instanceof JsonNull)
                && !(value instanceof JsonString text && text.value().isEmpty());
    }

    /** The names of required settings that have no value, in the template's order. */
    public List<String> missing() {
        return template.entries().stream()
                .filter(entry -> entry.required() && !has(entry.name()))
                .map(ConfigEntry::name)
                .toList();
    }

    /** The text of a str, text, file or folder; empty when there is no value. */
    public String string(String name) {
        return switch (value(name)) {
            case JsonString text -> text.value();
            case JsonNull _ -> "";
            default -> throw wrongType(name, "a text");
        };
    }

    /** The number of an int; 0 when there is no value. */
    public long integer(String name) {
        return switch (value(name)) {
            case JsonLong number -> number.value();
            case JsonNull _ -> 0;
            default -> throw wrongType(name, "a whole number");
        };
    }

    /** The number of a float or an int; 0 when there is no value. */
    public double number(String name) {
        return switch (value(name)) {
            case JsonDouble number -> number.value();
            case JsonLong number -> (double) number.value();
            case JsonNull _ -> 0;
            default -> throw wrongType(name, "a number");
        };
    }

    /** The value of a bool; false when there is none. */
    public boolean flag(String name) {
        return switch (value(name)) {
            case JsonBoolean flag -> flag.value();
            case JsonNull _ -> false;
            default -> throw wrongType(name, "a truth value");
        };
    }

    /** The texts of a list; empty when there is no value. */
    public List<String> list(String name) {
        return switch (value(name)) {
            case JsonArray list ->
                    list.items().stream().map(item -> ((JsonString) item).value()).toList();
            case JsonNull _ -> List.of();
            default -> throw wrongType(name, "a list");
        };
    }

    /** The map of a dict; empty when there is no value. */
    public JsonObject dict(String name) {
        return switch (value(name)) {
            case JsonObject map -> map;
            case JsonNull _ -> JsonObject.EMPTY;
            default -> throw wrongType(name, "a map");
        };
    }

    /**
     * The settings as a record of the author's: the component {@code maxTokens}, or {@code
     * max_tokens}, takes the setting {@code max_tokens}. Components may be String, int, long,
     * double, boolean, List of String, JsonObject, java.nio.file.Path, java.net.URI, an Optional of
     * these, or an enum whose constants are the options in upper case.
     *
     * <p>Check in the record's constructor what the template cannot say: the message of an {@link
     * IllegalArgumentException} that it throws reaches the operator.
     *
     * @throws BindingException {@link ErrorCode#INVALID_REQUEST} for a value that is no address, no
     *     path or beyond an int, or that the record refuses
     * @throws IllegalArgumentException for a component that no setting fits
     */
    public <T extends Record> T as(Class<T> settings) {
        return RecordSettings.of(this, settings);
    }

    private JsonValue value(String name) {
        JsonValue value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "there is no setting %s; there are: %s".formatted(name, names()));
        }
        return value;
    }

    private IllegalArgumentException wrongType(String name, String asked) {
        SettingType type = template.entry(name).orElseThrow().type();
        return new IllegalArgumentException(
                "the setting %s is of type %s, not %s".formatted(name, type.yamlName(), asked));
    }

    /** The settings with secrets masked. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(field -> field.getKey() + "=" + masked(field.getKey(), field.getValue()))
                .collect(Collectors.joining(", ", "TypedConfig[", "]"));
    }

    private String masked(String name, JsonValue value) {
        boolean secret = template.entry(name).map(ConfigEntry::secret).orElse(true);
        return secret && has(name) ? "***" : value.toString();
    }
}
