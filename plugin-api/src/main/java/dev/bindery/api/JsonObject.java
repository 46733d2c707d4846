package dev.bindery.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A map of JSON values with string keys, in the order in which they were given. */
@API(status = API.Status.STABLE, since = "1.0")
public final class JsonObject extends JsonValue {
    /** The object without fields. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, JsonValue> fields;

    /**
     * An object of these fields, in their order. Past the limits: {@link IllegalArgumentException}.
     */
    public JsonObject(Map<String, ? extends JsonValue> fields) {
        super(
                1 + fields.values().stream().mapToInt(JsonValue::depth).max().orElse(0),
                2
                        + fields.entrySet().stream()
                                .mapToLong(e -> e.getKey().length() + e.getValue().size() + 4L)
                                .sum());
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** An object of one field; {@link JsonValue#of} tells what the value may be. */
    public static JsonObject of(String name, @Nullable Object value) {
        return EMPTY.with(name, value);
    }

    /** An object of two fields. */
    public static JsonObject of(
            String name, @Nullable Object value, String name2, @Nullable Object value2) {
        return of(name, value).with(name2, value2);
    }

    /** The object of a Java map; {@link JsonValue#of} tells what the values may be. */
    public static JsonObject ofMap(Map<String, ?> fields) {
        return (JsonObject) JsonValue.of(fields);
    }

    /** The fields in their order; unmodifiable. */
    public Map<String, JsonValue> fields() {
        return fields;
    }

    /** Whether it has no field. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** This object with that field added or replaced. */
    public JsonObject with(String name, @Nullable Object value) {
        Map<String, JsonValue> all = new LinkedHashMap<>(fields);
        all.put(name, JsonValue.of(value));
        return new JsonObject(all);
    }

    /** The field's value, {@link JsonNull} included; absent when there is no such field. */
    public Optional<JsonValue> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The field's text; absent when there is none, or it is no string. */
    public Optional<String> text(String name) {
        return fields.get(name) instanceof JsonString s ? Optional.of(s.value()) : Optional.empty();
    }

    /** The field's whole number; absent when there is none, or it is no whole number. */
    public OptionalLong whole(String name) {
        return fields.get(name) instanceof JsonLong n
                ? OptionalLong.of(n.value())
                : OptionalLong.empty();
    }

    /** The field's number, whole or not; absent when there is none, or it is no number. */
    public OptionalDouble number(String name) {
        return switch (fields.get(name)) {
            case JsonLong n -> OptionalDouble.of((double) n.value());
            case JsonDouble n -> OptionalDouble.of(n.value());
            case null, default -> OptionalDouble.empty();
        };
    }

    /** The field's truth value; absent when there is none, or it is no boolean. */
    public Optional<Boolean> flag(String name) {
        return fields.get(name) instanceof JsonBoolean b
                ? Optional.of(b.value())
                : Optional.empty();
    }

    /** The field's object; empty when there is none, or it is no object. */
    public JsonObject object(String name) {
        return fields.get(name) instanceof JsonObject o ? o : EMPTY;
    }

    /** The field's list; empty when there is none, or it is no list. */
    public JsonArray array(String name) {
        return fields.get(name) instanceof JsonArray a ? a : JsonArray.EMPTY;
    }

    @Override
    public Map<String, @Nullable Object> toJava() {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        fields.forEach((name, value) -> plain.put(name, value.toJava()));
        return Collections.unmodifiableMap(plain);
    }

    @Override
    void write(StringBuilder out) {
        String separator = "";
        out.append('{');
        for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
            out.append(separator);
            JsonString.quote(field.getKey(), out);
            out.append(':');
            field.getValue().write(out);
            separator = ",";
        }
        out.append('}');
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && that.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }
}
