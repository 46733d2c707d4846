package dev.bindery.api;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value without a JSON library: null, boolean, long, finite double, string, list, map with
 * string keys. Immutable. At most {@value #MAX_DEPTH} levels deep and about {@value #MAX_SIZE}
 * characters of JSON text; larger values are refused when they are made.
 *
 * <p>Binary data do not belong here: they are {@link Blob}s.
 */
@API(status = API.Status.STABLE, since = "1.0")
public abstract sealed class JsonValue
        permits JsonNull, JsonBoolean, JsonLong, JsonDouble, JsonString, JsonArray, JsonObject {
    /** The most levels of lists and maps within one another. */
    public static final int MAX_DEPTH = 64;

    /** The most characters of JSON text, approximately. */
    public static final int MAX_SIZE = 1 << 20;

    private final int depth;
    private final int size;

    JsonValue(int depth, long size) {
        if (depth > MAX_DEPTH) {
            throw tooDeep();
        }
        if (size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "JSON of about %d characters; at most %d are allowed"
                            .formatted(size, MAX_SIZE));
        }
        this.depth = depth;
        this.size = (int) size;
    }

    /**
     * The JSON value of a Java value: null, Boolean, a Number of a whole type that fits a long, any
     * other finite Number as a double, CharSequence, Iterable, Map with String keys, or a
     * JsonValue.
     *
     * @throws IllegalArgumentException for anything else, and past the limits
     */
    public static JsonValue of(@Nullable Object value) {
        return of(value, 0);
    }

    private static JsonValue of(@Nullable Object value, int level) {
        return switch (value) {
            case null -> JsonNull.NULL;
            case JsonValue json -> json;
            case Boolean flag -> flag ? JsonBoolean.TRUE : JsonBoolean.FALSE;
            case Number number -> number(number);
            case CharSequence text -> new JsonString(text.toString());
            case Iterable<?> items -> array(items, deeper(level));
            case Map<?, ?> fields -> object(fields, deeper(level));
            default ->
                    throw new IllegalArgumentException(
                            "no JSON value of a " + value.getClass().getName());
        };
    }

    private static JsonValue number(Number number) {
        return switch (number) {
            case Integer _, Long _, Short _, Byte _ -> new JsonLong(number.longValue());
            case BigInteger whole when whole.bitLength() < Long.SIZE ->
                    new JsonLong(whole.longValue());
            default -> new JsonDouble(number.doubleValue());
        };
    }

    private static JsonArray array(Iterable<?> items, int level) {
        List<JsonValue> values = new ArrayList<>();
        items.forEach(item -> values.add(of(item, level)));
        return new JsonArray(values);
    }

    private static JsonObject object(Map<?, ?> fields, int level) {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        fields.forEach((key, value) -> values.put(key(key), of(value, level)));
        return new JsonObject(values);
    }

    private static String key(@Nullable Object key) {
        if (key instanceof String name) {
            return name;
        }
        throw new IllegalArgumentException("a key of JSON is a text, not " + key);
    }

    /** Refuses before the stack ends, for what holds itself too. */
    private static int deeper(int level) {
        if (level >= MAX_DEPTH) {
            throw tooDeep();
        }
        return level + 1;
    }

    private static IllegalArgumentException tooDeep() {
        return new IllegalArgumentException("JSON of more than %d levels".formatted(MAX_DEPTH));
    }

    /** Null, Boolean, Long, Double, String, List or Map, all the way down. */
    public abstract @Nullable Object toJava();

    /** How many levels of lists and maps; 0 for a plain value. */
    final int depth() {
        return depth;
    }

    /** About how many characters of JSON text. */
    final int size() {
        return size;
    }

    abstract void write(StringBuilder out);

    /** The value as JSON text on one line (RFC 8259). */
    @Override
    public final String toString() {
        StringBuilder out = new StringBuilder(size + 2);
        write(out);
        return out.toString();
    }
}
