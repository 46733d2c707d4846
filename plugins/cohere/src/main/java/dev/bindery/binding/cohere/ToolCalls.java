package dev.bindery.binding.cohere;

import dev.bindery.api.ToolCallDelta;
import dev.bindery.http.Json;
import dev.bindery.http.WellFormedText;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Reads tool calls, which come one after the other, whole or in fragments. */
final class ToolCalls {
    private WellFormedText arguments = new WellFormedText();
    private int begun;

    boolean isEmpty() {
        return begun == 0;
    }

    /** A call, or the beginning of one. */
    ToolCallDelta begin(JsonNode call) {
        arguments = new WellFormedText();
        String id = Json.text(call, "id");
        return ToolCallDelta.of(
                begun++,
                id.isEmpty() ? "call_" + UUID.randomUUID() : id,
                Json.text(call.path("function"), "name"),
                fragment(call));
    }

    /** What follows of the call that began last. */
    ToolCallDelta more(JsonNode call) {
        return ToolCallDelta.of(Math.max(0, begun - 1), null, null, fragment(call));
    }

    private String fragment(JsonNode call) {
        return arguments.take(Json.text(call.path("function"), "arguments"));
    }
}
