package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.http.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenRouter's blocks of reasoning, some of them signed or encrypted, which go back in the next
 * turn unchanged and in their order. In a stream a block comes in pieces, which are put together.
 */
final class ReasoningDetails {
    static final String FIELD = "reasoning_details";

    private static final String DIALECT = "openai";
    private static final Set<String> GROWING = Set.of("text", "summary", "data");

    private ArrayNode blocks = Json.array();

    void take(JsonNode pieces) {
        for (JsonNode piece : pieces) {
            if (piece instanceof ObjectNode block) {
                take(block);
            }
        }
    }

    private void take(ObjectNode piece) {
        if (!blocks.isEmpty()
                && blocks.get(blocks.size() - 1) instanceof ObjectNode last
                && isOfOne(last, piece)) {
            piece.forEachEntry((name, value) -> add(last, name, value));
        } else {
            blocks.add(piece.deepCopy());
        }
    }

    private static boolean isOfOne(ObjectNode last, ObjectNode piece) {
        return last.path("type").equals(piece.path("type"))
                && last.path("index").equals(piece.path("index"))
                && (isBlank(last.path("id"))
                        || isBlank(piece.path("id"))
                        || last.path("id").equals(piece.path("id")));
    }

    private static void add(ObjectNode block, String name, JsonNode value) {
        if (GROWING.contains(name) && value.isString()) {
            block.put(name, block.path(name).asString("") + value.stringValue());
        } else if (!isBlank(value)) {
            block.set(name, value);
        }
    }

    private static boolean isBlank(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** What the blocks of a delta or a message say, for one that says it in no other field. */
    static String text(JsonNode pieces) {
        StringBuilder all = new StringBuilder();
        pieces.forEach(piece ->
                all.append(piece.path("text").asString(""))
                        .append(piece.path("summary").asString("")));
        return all.toString();
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** What has come since the last time, to be attached to the thoughts that came before it. */
    Operation taken(boolean afterText) {
        try {
            JsonObject data = JsonObject.of(DIALECT, JsonObject.of(FIELD, Json.value(blocks)));
            blocks = Json.array();
            return Operation.reasoning(
                    ReasoningPart.of("", null, !afterText).withProviderData(data));
        } catch (IllegalArgumentException e) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "what the provider attached to its reasoning is too much: " + e.getMessage());
        }
    }

    static JsonNode in(Part part) {
        return part.providerData()
                .object(DIALECT)
                .field(FIELD)
                .map(Json::node)
                .filter(JsonNode::isArray)
                .orElseGet(Json::array);
    }
}
