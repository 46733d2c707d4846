package dev.bindery.host.document;

import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The JSON value of a YAML node, by YAML 1.1's plain types; dates stay texts. */
final class JsonOf {
    private JsonOf() {}

    static JsonValue node(Node node) {
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode list ->
                    new JsonArray(list.getValue().stream().map(JsonOf::node).toList());
            case MappingNode map -> map(map);
            default -> throw new IllegalArgumentException("expected a value, a list or a map");
        };
    }

    private static JsonObject map(MappingNode map) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        for (NodeTuple field : map.getValue()) {
            fields.put(((ScalarNode) field.getKeyNode()).getValue(), node(field.getValueNode()));
        }
        return new JsonObject(fields);
    }

    private static JsonValue scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JsonValue.of(null);
        }
        if (tag.equals(Tag.BOOL)) {
            return JsonValue.of(isTrue(text));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text.replace("_", ""));
        }
        return new JsonString(text);
    }

    private static boolean isTrue(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            default -> false;
        };
    }

    private static JsonValue number(String text) {
        try {
            if (text.matches("[-+]?[0-9]+")) {
                return JsonValue.of(Long.parseLong(text));
            }
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? JsonValue.of(number) : new JsonString(text);
        } catch (NumberFormatException e) {
            return new JsonString(text);
        }
    }
}
