package dev.bindery.http;

import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as a binding needs it: trees, and the way between Jackson's and the contract's. Works with
 * trees only: a mapper that is shared would hold every class that was ever bound with it, and with
 * the class its binding's loader. Free for all threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Json {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_STRING = 128 << 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxStringLength(MAX_STRING)
                                                    .build())
                                    .build())
                    .build();

    private Json() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /**
     * @throws JacksonException when it is no JSON, or deeper than {@value #MAX_DEPTH} levels
     */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /**
     * @throws JacksonException when it is no JSON, or deeper than {@value #MAX_DEPTH} levels
     */
    public static JsonNode parse(byte[] utf8) {
        return MAPPER.readTree(utf8);
    }

    /** The node as UTF-8 on one line. */
    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** Jackson's form of the contract's value. */
    public static JsonNode node(JsonValue value) {
        return plain(value.toJava());
    }

    private static JsonNode plain(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Boolean flag -> NODES.booleanNode(flag);
            case Long number -> NODES.numberNode(number);
            case Double number -> NODES.numberNode(number);
            case String text -> NODES.stringNode(text);
            case List<?> items -> {
                ArrayNode array = array();
                items.forEach(item -> array.add(plain(item)));
                yield array;
            }
            case Map<?, ?> fields -> {
                ObjectNode object = object();
                fields.forEach((name, field) -> object.set((String) name, plain(field)));
                yield object;
            }
            default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
        };
    }

    /**
     * The contract's form of Jackson's node. Whole numbers beyond a long become doubles.
     *
     * @throws IllegalArgumentException past the limits of {@link JsonValue}
     */
    public static JsonValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonValue> fields = new LinkedHashMap<>();
                node.forEachEntry((name, field) -> fields.put(name, value(field)));
                yield new JsonObject(fields);
            }
            case ARRAY -> {
                List<JsonValue> items = new ArrayList<>(node.size());
                node.forEach(item -> items.add(value(item)));
                yield new JsonArray(items);
            }
            case STRING -> JsonValue.of(node.stringValue());
            case BOOLEAN -> JsonValue.of(node.booleanValue());
            case NUMBER ->
                    node.isIntegralNumber() && node.canConvertToLong()
                            ? JsonValue.of(node.longValue())
                            : JsonValue.of(closest(node));
            default -> JsonNull.NULL;
        };
    }

    /** Infinity for what is beyond a double: Jackson's own conversion would throw. */
    private static double closest(JsonNode number) {
        return number.isBigInteger()
                ? number.bigIntegerValue().doubleValue()
                : number.doubleValue();
    }

    /** The field's text; empty when there is none, or it is no string. */
    public static String text(JsonNode node, String field) {
        JsonNode found = node.path(field);
        return found.isString() ? found.stringValue() : "";
    }
}
