package dev.bindery.binding.replay;

import dev.bindery.api.JsonObject;
import dev.bindery.http.Json;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts fields together; what is absent or empty is left out. Not for several threads. */
final class Fields {
    private final ObjectNode node = Json.object();

    ObjectNode node() {
        return node;
    }

    Fields text(String name, String value) {
        node.put(name, value);
        return this;
    }

    Fields text(String name, Optional<String> value) {
        value.ifPresent(text -> node.put(name, text));
        return this;
    }

    Fields whole(String name, OptionalInt value) {
        value.ifPresent(number -> node.put(name, number));
        return this;
    }

    Fields whole(String name, OptionalLong value) {
        value.ifPresent(number -> node.put(name, number));
        return this;
    }

    Fields number(String name, OptionalDouble value) {
        value.ifPresent(number -> node.put(name, number));
        return this;
    }

    /** A flag, left out where it is false. */
    Fields flag(String name, boolean value) {
        if (value) {
            node.put(name, true);
        }
        return this;
    }

    Fields node(String name, JsonNode value) {
        if (!value.isEmpty() || value.isValueNode()) {
            node.set(name, value);
        }
        return this;
    }

    /** What others have written: without what looks like a secret. */
    Fields foreign(String name, JsonObject value) {
        return node(name, Secrets.without(Json.node(value)));
    }

    static ArrayNode list(Collection<? extends JsonNode> items) {
        ArrayNode list = Json.array();
        items.forEach(list::add);
        return list;
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode list = Json.array();
        texts.forEach(list::add);
        return list;
    }

    static ArrayNode wholes(int[] numbers) {
        ArrayNode list = Json.array();
        for (int number : numbers) {
            list.add(number);
        }
        return list;
    }

    /** The object of a field as the contract has it; empty where there is none. */
    static JsonObject object(JsonNode node, String name) {
        return Json.value(node.path(name)) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    static Optional<String> text(JsonNode node, String name) {
        JsonNode found = node.path(name);
        return found.isString() ? Optional.of(found.stringValue()) : Optional.empty();
    }
}
