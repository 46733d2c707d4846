package dev.bindery.host.protocol;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonBoolean;
import dev.bindery.api.JsonDouble;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract's {@link JsonValue} as a tree of Jackson's and back. A lone surrogate in the name of
 * a field becomes U+FFFD, for parsers refuse it there; in a text it stays what it is.
 */
public final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    public static JsonNode encode(JsonValue value) {
        return switch (value) {
            case JsonNull _ -> NODES.nullNode();
            case JsonBoolean flag -> NODES.booleanNode(flag.value());
            case JsonLong number -> NODES.numberNode(number.value());
            case JsonDouble number -> NODES.numberNode(number.value());
            case JsonString text -> NODES.stringNode(text.value());
            case JsonArray array -> array(array);
            case JsonObject object -> object(object);
        };
    }

    /**
     * The value of a tree. A whole number beyond 64 bits becomes a double.
     *
     * @throws ProtocolException when it is deeper or larger than a {@link JsonValue} may be
     */
    public static JsonValue decode(JsonNode node) {
        try {
            return value(node);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("no JSON value of the contract: " + e.getMessage(), e);
        }
    }

    private static JsonNode array(JsonArray value) {
        ArrayNode array = NODES.arrayNode();
        value.items().forEach(item -> array.add(encode(item)));
        return array;
    }

    private static JsonNode object(JsonObject value) {
        ObjectNode object = NODES.objectNode();
        value.fields().forEach((name, field) -> object.set(name(name), encode(field)));
        return object;
    }

    private static String name(String name) {
        return name.chars().anyMatch(c -> Character.isSurrogate((char) c))
                ? new String(name.getBytes(UTF_16BE), UTF_16BE)
                : name;
    }

    private static JsonValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> JsonBoolean.of(node.booleanValue());
            case STRING -> new JsonString(node.stringValue());
            case NUMBER -> number(node);
            case ARRAY -> items(node);
            case OBJECT -> fields(node);
            case NULL, MISSING, BINARY, POJO -> JsonNull.NULL;
        };
    }

    private static JsonValue number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong()
                ? new JsonLong(node.longValue())
                : new JsonDouble(closest(node));
    }

    /** Infinity for what is beyond a double: Jackson's own conversion would throw. */
    private static double closest(JsonNode number) {
        return number.isBigInteger()
                ? number.bigIntegerValue().doubleValue()
                : number.doubleValue();
    }

    private static JsonValue items(JsonNode node) {
        List<JsonValue> items = new ArrayList<>(node.size());
        node.forEach(item -> items.add(value(item)));
        return new JsonArray(items);
    }

    private static JsonValue fields(JsonNode node) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        node.forEachEntry((name, field) -> fields.put(name, value(field)));
        return new JsonObject(fields);
    }
}
