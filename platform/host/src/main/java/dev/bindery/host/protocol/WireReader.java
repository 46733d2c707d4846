package dev.bindery.host.protocol;

import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one JSON object. A field that is null counts as absent; fields that nobody asks for are
 * skipped.
 */
public final class WireReader {
    private final JsonNode node;

    private WireReader(JsonNode node) {
        this.node = node;
    }

    /**
     * Over this object.
     *
     * @throws ProtocolException when it is no object
     */
    public static WireReader of(JsonNode node) {
        if (!node.isObject()) {
            throw new ProtocolException(
                    "expected a JSON object, found " + node.getNodeType().name());
        }
        return new WireReader(node);
    }

    /** The object itself. */
    public JsonNode node() {
        return node;
    }

    public boolean has(String name) {
        return present(name) != null;
    }

    public String text(String name) {
        return textIf(name).orElseThrow(() -> missing(name, "a text"));
    }

    public Optional<String> textIf(String name) {
        return Optional.ofNullable(present(name))
                .map(value -> expect(value, value.isString(), name, "a text").stringValue());
    }

    public long whole(String name) {
        return wholeIf(name).orElseThrow(() -> missing(name, "a whole number"));
    }

    public OptionalLong wholeIf(String name) {
        JsonNode value = present(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(longOf(value, name));
    }

    public OptionalInt intIf(String name) {
        JsonNode value = present(name);
        return value == null ? OptionalInt.empty() : OptionalInt.of(intOf(value, name));
    }

    public double number(String name) {
        return numberIf(name).orElseThrow(() -> missing(name, "a number"));
    }

    public OptionalDouble numberIf(String name) {
        JsonNode value = present(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(doubleOf(value, name));
    }

    /** A flag; false when absent. */
    public boolean flag(String name) {
        return flagIf(name).orElse(false);
    }

    public Optional<Boolean> flagIf(String name) {
        return Optional.ofNullable(present(name))
                .map(value -> expect(value, value.isBoolean(), name, "a truth value"))
                .map(JsonNode::booleanValue);
    }

    public Optional<Duration> nanosIf(String name) {
        OptionalLong nanos = wholeIf(name);
        return nanos.isPresent()
                ? Optional.of(Duration.ofNanos(nanos.getAsLong()))
                : Optional.empty();
    }

    /** A JSON value; null when absent. */
    public JsonValue json(String name) {
        return JsonTree.decode(node.path(name));
    }

    /** A JSON object; empty when absent. */
    public JsonObject jsonObject(String name) {
        return objectIf(name)
                .map(value -> (JsonObject) JsonTree.decode(value.node()))
                .orElse(JsonObject.EMPTY);
    }

    public WireReader object(String name) {
        return objectIf(name).orElseThrow(() -> missing(name, "an object"));
    }

    public Optional<WireReader> objectIf(String name) {
        return Optional.ofNullable(present(name))
                .map(value -> new WireReader(expect(value, value.isObject(), name, "an object")));
    }

    /** A list; empty when absent. */
    public <T> List<T> list(String name, Function<WireReader, T> decode) {
        return items(name, item -> decode.apply(of(item)));
    }

    public List<String> texts(String name) {
        return items(name, item -> expect(item, item.isString(), name, "texts").stringValue());
    }

    public Optional<int[]> intsIf(String name) {
        return has(name)
                ? Optional.of(
                        items(name, item -> intOf(item, name)).stream()
                                .mapToInt(Integer::intValue)
                                .toArray())
                : Optional.empty();
    }

    /** Each field of an object within this one; none when it is absent. */
    public void eachText(String name, BiConsumer<String, String> field) {
        objectIf(name)
                .ifPresent(object ->
                        object.node.forEachEntry((key, _) -> field.accept(key, object.text(key))));
    }

    private <T> List<T> items(String name, Function<JsonNode, T> decode) {
        JsonNode value = present(name);
        if (value == null) {
            return List.of();
        }
        expect(value, value.isArray(), name, "a list");
        List<T> items = new ArrayList<>(value.size());
        value.forEach(item -> items.add(decode.apply(item)));
        return items;
    }

    private @Nullable JsonNode present(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static long longOf(JsonNode value, String name) {
        boolean fits = value.isIntegralNumber() && value.canConvertToLong();
        return expect(value, fits, name, "a whole number").longValue();
    }

    private static int intOf(JsonNode value, String name) {
        boolean fits = value.isIntegralNumber() && value.canConvertToInt();
        return expect(value, fits, name, "a whole number of 32 bits").intValue();
    }

    private static double doubleOf(JsonNode value, String name) {
        if (value.isString()) {
            return switch (value.stringValue()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw unfit(value, name, "a number");
            };
        }
        return expect(value, value.isNumber(), name, "a number").doubleValue();
    }

    private static JsonNode expect(JsonNode value, boolean fits, String name, String what) {
        if (!fits) {
            throw unfit(value, name, what);
        }
        return value;
    }

    private static ProtocolException unfit(JsonNode value, String name, String what) {
        return new ProtocolException(
                "the field %s: expected %s, found %s".formatted(name, what, value.getNodeType()));
    }

    private static ProtocolException missing(String name, String what) {
        return new ProtocolException("the field %s is missing: %s".formatted(name, what));
    }
}
