package dev.bindery.binding.cohere;

import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.http.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What is said about an answer: its id, what is billed, and which passage leans on which document.
 * What is more than the contract carries is left out, since the answer is none the worse.
 */
final class AnswerMetadata {
    private static final int MOST_BYTES = 512 << 10;

    private final List<JsonValue> citations = new ArrayList<>();
    private JsonObject rest = JsonObject.EMPTY;
    private int bytes;

    void id(JsonNode body) {
        String id = Json.text(body, "id");
        if (!id.isEmpty()) {
            rest = rest.with("id", id);
        }
    }

    void billed(JsonNode usage) {
        if (usage.path("billed_units").isObject()) {
            rest = rest.with("billed_units", Json.value(usage.path("billed_units")));
        }
    }

    void citation(JsonNode citation) {
        try {
            bytes += citation.toString().length();
            if (citation.isObject() && bytes <= MOST_BYTES) {
                citations.add(Json.value(citation));
            }
        } catch (IllegalArgumentException _) {
            // Deeper than the contract carries.
        }
    }

    JsonObject all() {
        return citations.isEmpty() ? rest : rest.with("citations", new JsonArray(citations));
    }
}
