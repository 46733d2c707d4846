package dev.bindery.binding.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Chat;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.Json;
import dev.bindery.http.MediaData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes one conversation as Ollama's messages. For one thread. */
final class ChatMessages {
    private final ImageLimit imageLimit;
    private final Map<String, String> toolsOfCalls = new HashMap<>();
    private final ArrayNode messages = Json.array();

    ChatMessages(ImageLimit imageLimit) {
        this.imageLimit = imageLimit;
    }

    ArrayNode write(Chat chat) {
        chat.messages().forEach(this::write);
        return messages;
    }

    /** Each result of a tool is a message of its own, before whatever else there is. */
    private void write(Message message) {
        message.parts(ToolResultPart.class).forEach(this::result);
        List<Part> rest =
                message.parts().stream().filter(part -> !(part instanceof ToolResultPart)).toList();
        if (rest.isEmpty() && !message.parts().isEmpty()) {
            return;
        }
        content(messages.addObject().put("role", role(message.role())), rest);
    }

    private static String role(Role role) {
        return role.equals(Role.DEVELOPER) ? Role.SYSTEM.name() : role.name();
    }

    /** Models are told the tool's name, which many clients give with the call only. */
    private void result(ToolResultPart result) {
        ObjectNode written = messages.addObject().put("role", "tool");
        String tool = result.name().orElseGet(() -> toolsOfCalls.getOrDefault(result.callId(), ""));
        if (!tool.isEmpty()) {
            written.put("tool_name", tool);
        }
        written.put("tool_call_id", result.callId());
        content(written, result.parts());
    }

    private void content(ObjectNode message, List<Part> parts) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        ArrayNode images = Json.array();
        ArrayNode calls = Json.array();
        for (Part part : parts) {
            switch (part) {
                case TextPart said -> text.append(said.text());
                case ReasoningPart thought -> thinking.append(thought.text());
                case MediaPart media -> images.add(image(media));
                case ToolCallPart call -> calls.add(call(call));
                case OpaquePart _ -> {}
                default ->
                        throw BindingException.unsupported(
                                "a part of kind %s in a message"
                                        .formatted(part.getClass().getSimpleName()));
            }
        }
        message.put("content", text.toString());
        if (!thinking.isEmpty()) {
            message.put("thinking", thinking.toString());
        }
        set(message, "images", images);
        set(message, "tool_calls", calls);
    }

    private static void set(ObjectNode message, String field, ArrayNode items) {
        if (!items.isEmpty()) {
            message.set(field, items);
        }
    }

    private String image(MediaPart media) {
        Blob blob =
                media.blob()
                        .filter(bytes -> MediaData.kind(bytes).equals("image"))
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "Ollama takes images by their bytes, and no other media"));
        return MediaData.base64(imageLimit.apply(blob));
    }

    private ObjectNode call(ToolCallPart call) {
        toolsOfCalls.put(call.id(), call.name());
        ObjectNode written = Json.object().put("id", call.id());
        ObjectNode function = written.putObject("function").put("name", call.name());
        function.set("arguments", arguments(call));
        return written;
    }

    private static JsonNode arguments(ToolCallPart call) {
        if (call.arguments().isBlank()) {
            return Json.object();
        }
        try {
            JsonNode arguments = Json.parse(call.arguments());
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (JacksonException _) {
            // Said below, as for any other text that is no object.
        }
        throw BindingException.invalidRequest(
                "the arguments of the call of %s are no JSON object, which Ollama needs"
                        .formatted(call.name()));
    }
}
