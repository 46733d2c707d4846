package dev.bindery.host.protocol;

import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes one JSON object; what is absent or empty is left out. Not for several threads. */
public final class WireObject {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    /** What was written so far. */
    public ObjectNode node() {
        return node;
    }

    public WireObject text(String name, @Nullable String value) {
        return value == null ? this : node(name, JsonNodeFactory.instance.stringNode(value));
    }

    public WireObject text(String name, Optional<String> value) {
        return text(name, value.orElse(null));
    }

    public WireObject whole(String name, long value) {
        node.put(name, value);
        return this;
    }

    public WireObject whole(String name, OptionalInt value) {
        value.ifPresent(number -> node.put(name, number));
        return this;
    }

    public WireObject whole(String name, OptionalLong value) {
        value.ifPresent(number -> node.put(name, number));
        return this;
    }

    /** A number; what JSON has no number for goes as the text that Java prints for it. */
    public WireObject number(String name, double value) {
        return Double.isFinite(value)
                ? node(name, JsonNodeFactory.instance.numberNode(value))
                : text(name, Double.toString(value));
    }

    public WireObject number(String name, OptionalDouble value) {
        value.ifPresent(number -> number(name, number));
        return this;
    }

    /** A flag that is written only when it is true. */
    public WireObject flag(String name, boolean value) {
        return value ? truth(name, true) : this;
    }

    /** A flag that is always written. */
    public WireObject truth(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    /** A duration in nanoseconds; one of more than 292 years is cut to that. */
    public WireObject nanos(String name, Optional<Duration> value) {
        value.ifPresent(duration -> node.put(name, nanos(duration)));
        return this;
    }

    public WireObject json(String name, JsonValue value) {
        return node(name, JsonTree.encode(value));
    }

    /** A JSON object that is left out when it is empty. */
    public WireObject json(String name, JsonObject value) {
        return value.isEmpty() ? this : node(name, JsonTree.encode(value));
    }

    public WireObject node(String name, JsonNode value) {
        node.set(name, value);
        return this;
    }

    public <T> WireObject node(
            String name, Optional<T> value, Function<? super T, ? extends JsonNode> encode) {
        value.ifPresent(present -> node.set(name, encode.apply(present)));
        return this;
    }

    public WireObject texts(String name, Collection<String> values) {
        return list(name, values, JsonNodeFactory.instance::stringNode);
    }

    public WireObject ints(String name, int[] values) {
        ArrayNode array = node.putArray(name);
        for (int value : values) {
            array.add(value);
        }
        return this;
    }

    /** A list that is left out when it is empty. */
    public <T> WireObject list(
            String name, Collection<T> values, Function<? super T, ? extends JsonNode> encode) {
        return values.isEmpty() ? this : array(name, values, encode);
    }

    /** A list that is written even when it is empty. */
    public <T> WireObject array(
            String name, Collection<T> values, Function<? super T, ? extends JsonNode> encode) {
        ArrayNode array = node.putArray(name);
        values.forEach(value -> array.add(encode.apply(value)));
        return this;
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException _) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
