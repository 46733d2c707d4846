package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Part;
import dev.bindery.http.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What some servers attach to a tool call and want back unchanged with it: Gemini's thought
 * signatures, where it speaks OpenAI's API.
 */
final class ExtraContent {
    static final String FIELD = "extra_content";

    private static final String DIALECT = "openai";

    private ExtraContent() {}

    static JsonValue read(JsonNode content) {
        try {
            return Json.value(content);
        } catch (IllegalArgumentException e) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "what the provider attached to a tool call is too much: " + e.getMessage());
        }
    }

    static JsonObject of(JsonValue content) {
        return JsonObject.of(DIALECT, JsonObject.of(FIELD, content));
    }

    static Optional<JsonNode> in(Part part) {
        return part.providerData().object(DIALECT).field(FIELD).map(Json::node);
    }
}
