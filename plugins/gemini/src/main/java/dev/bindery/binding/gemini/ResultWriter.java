package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.http.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes results of tools, which Gemini wants with the tool's name; most clients send the id only.
 */
final class ResultWriter {
    private final Map<String, String> names = new HashMap<>();
    private final PartWriter parts;

    ResultWriter(Chat chat, PartWriter parts) {
        this.parts = parts;
        for (Message message : chat.messages()) {
            for (ToolCallPart call : message.parts(ToolCallPart.class)) {
                names.put(call.id(), call.name());
            }
        }
    }

    ObjectNode write(ToolResultPart result) {
        ObjectNode part = Json.object();
        ObjectNode function = part.putObject("functionResponse").put("name", name(result));
        if (CallId.isGiven(result.callId())) {
            function.put("id", result.callId());
        }
        function.set("response", response(result));
        media(function, result);
        return part;
    }

    private String name(ToolResultPart result) {
        String called = names.get(result.callId());
        if (called != null) {
            return called;
        }
        return result.name()
                .orElseThrow(() ->
                        BindingException.invalidRequest(
                                "the result of the tool call %s has no tool's name, and no earlier message has that call"
                                        .formatted(result.callId())));
    }

    /** An object as it is; anything else under the names that the API gives it. */
    private static JsonNode response(ToolResultPart result) {
        String text = result.text();
        if (result.isError()) {
            return Json.object().put("error", text);
        }
        JsonNode parsed = parsed(text);
        return parsed.isObject() ? parsed : Json.object().put("output", text);
    }

    private static JsonNode parsed(String text) {
        try {
            return text.strip().startsWith("{") ? Json.parse(text) : Json.array();
        } catch (JacksonException _) {
            return Json.array();
        }
    }

    private void media(ObjectNode function, ToolResultPart result) {
        ArrayNode media = Json.array();
        for (Part part : result.parts()) {
            if (part instanceof MediaPart one) {
                media.add(parts.media(one));
            }
        }
        if (!media.isEmpty()) {
            function.set("parts", media);
        }
    }
}
