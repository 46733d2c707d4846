package dev.bindery.openai;

import dev.bindery.api.BindingException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Which fields a provider's entry may have, and what stands in them. */
final class ProviderFields {
    private static final Kind TEXT = new Kind("a text", JsonNode::isString);
    private static final Kind POINTER =
            new Kind(
                    "a JSON pointer",
                    node -> node.isString() && node.stringValue().startsWith("/"));
    private static final Kind FLAG = new Kind("true or false", JsonNode::isBoolean);
    private static final Kind NUMBER =
            new Kind("a whole number", node -> node.isIntegralNumber() && node.asInt(-1) >= 0);
    private static final Kind TEXTS =
            new Kind("a list of texts", node -> node.isArray() && allTexts(node));
    private static final Kind MAP =
            new Kind("a map of texts", node -> node.isObject() && allTexts(node));

    private static final Map<String, Kind> KINDS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("name", TEXT),
                            Map.entry("address", TEXT),
                            Map.entry("address_example", TEXT),
                            Map.entry("key_required", FLAG),
                            Map.entry("key_environment", TEXT),
                            Map.entry("key_header", TEXT),
                            Map.entry("query", MAP),
                            Map.entry("paths", MAP),
                            Map.entry("models", TEXTS),
                            Map.entry("lacks", TEXTS),
                            Map.entry("refuses", TEXTS),
                            Map.entry("omits", TEXTS),
                            Map.entry("renames", MAP),
                            Map.entry("sampling", TEXTS),
                            Map.entry("parameters", TEXTS),
                            Map.entry("metadata", TEXTS),
                            Map.entry("cost", POINTER),
                            Map.entry("prices", MAP),
                            Map.entry("limit_field", TEXT),
                            Map.entry("developer_role", TEXT),
                            Map.entry("message_names", FLAG),
                            Map.entry("stream_usage", FLAG),
                            Map.entry("embedding_format", TEXT),
                            Map.entry("logprobs_count", FLAG),
                            Map.entry("schema_form", oneOf("json_schema", "value")),
                            Map.entry("think_tags", FLAG),
                            Map.entry("reasoning_request", oneOf(ReasoningField.FORMS)),
                            Map.entry("reasoning_return", oneOf(ReasoningReturn.FORMS)),
                            Map.entry("continuation", TEXT),
                            Map.entry("tool_call_id_length", NUMBER)));

    private ProviderFields() {}

    /**
     * @param where what the entry is called in the message
     * @throws BindingException INVALID_REQUEST naming the first field that is wrong
     */
    static void check(String where, JsonNode entry) {
        if (!entry.isObject()) {
            throw BindingException.invalidRequest(
                    "%s: found no JSON object, expected one with fields of: %s"
                            .formatted(where, String.join(", ", KINDS.keySet())));
        }
        entry.forEachEntry((name, value) -> check(where, name, value));
    }

    private static void check(String where, String name, JsonNode value) {
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw BindingException.invalidRequest(
                    "%s: there is no field %s; there are: %s"
                            .formatted(where, name, String.join(", ", KINDS.keySet())));
        }
        if (!kind.fits().test(value)) {
            throw BindingException.invalidRequest(
                    "%s: %s is to be %s".formatted(where, name, kind.expected()));
        }
    }

    private static boolean allTexts(JsonNode node) {
        return node.valueStream().allMatch(JsonNode::isString);
    }

    private static Kind oneOf(String... texts) {
        List<String> allowed = List.of(texts);
        return new Kind(
                "one of " + String.join(", ", allowed),
                node -> node.isString() && allowed.contains(node.stringValue()));
    }

    private record Kind(String expected, Predicate<JsonNode> fits) {}
}
