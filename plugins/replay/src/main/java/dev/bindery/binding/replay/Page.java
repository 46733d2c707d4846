package dev.bindery.binding.replay;

import dev.bindery.http.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * JSON for people: objects have a field on each line, items of lists and what has no lists or
 * objects in it stand on one.
 */
record Page(JsonNode content) {
    private static final int WIDTH = 100;

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(content, "", out);
        return out.toString();
    }

    private static void write(JsonNode node, String indent, StringBuilder out) {
        String line = line(node);
        boolean small = node.isValueNode() || node.isEmpty();
        if (small || (line.length() + indent.length() <= WIDTH && !indent.isEmpty())) {
            out.append(line);
        } else if (node.isArray()) {
            array(node, indent, out);
        } else {
            object(node, indent, out);
        }
    }

    private static void array(JsonNode array, String indent, StringBuilder out) {
        String inner = indent + "  ";
        boolean first = true;
        out.append('[');
        for (JsonNode item : array) {
            out.append(first ? "\n" : ",\n").append(inner);
            boolean flat = item.isValueNode() || isFlat(item);
            if (flat) {
                out.append(line(item));
            } else {
                write(item, inner, out);
            }
            first = false;
        }
        out.append('\n').append(indent).append(']');
    }

    private static boolean isFlat(JsonNode node) {
        for (JsonNode inner : node) {
            if (!inner.isValueNode()) {
                return false;
            }
        }
        return true;
    }

    private static void object(JsonNode object, String indent, StringBuilder out) {
        String inner = indent + "  ";
        boolean[] first = {true};
        out.append('{');
        object.forEachEntry((name, value) -> {
            out.append(first[0] ? "\n" : ",\n").append(inner);
            out.append(line(Json.object().put("n", name).get("n"))).append(": ");
            write(value, inner, out);
            first[0] = false;
        });
        out.append('\n').append(indent).append('}');
    }

    private static String line(JsonNode node) {
        return new String(Json.bytes(node), StandardCharsets.UTF_8);
    }
}
