package dev.bindery.binding.cohere;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.Json;
import dev.bindery.http.MediaData;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a conversation as Cohere's messages. */
final class MessageWriter {
    private final ImageLimit imageLimit;

    MessageWriter(ImageLimit imageLimit) {
        this.imageLimit = imageLimit;
    }

    ArrayNode write(Chat chat) {
        ArrayNode messages = Json.array();
        chat.messages().forEach(message -> write(messages, message));
        return messages;
    }

    /** Each result of a tool is a message of its own, before whatever else there is. */
    private void write(ArrayNode messages, Message message) {
        message.parts(ToolResultPart.class).forEach(result -> messages.add(result(result)));
        List<Part> rest =
                message.parts().stream().filter(part -> !(part instanceof ToolResultPart)).toList();
        if (rest.isEmpty() && !message.parts().isEmpty()) {
            return;
        }
        ObjectNode written = Json.object().put("role", role(message.role()));
        if (message.role().equals(Role.ASSISTANT)) {
            assistant(written, rest);
        } else {
            content(written, rest);
        }
        messages.add(written);
    }

    private static String role(Role role) {
        return switch (role.name()) {
            case "assistant" -> "assistant";
            case "system", "developer" -> "system";
            default -> "user";
        };
    }

    private static ObjectNode result(ToolResultPart result) {
        if (result.parts().stream().anyMatch(MediaPart.class::isInstance)) {
            throw BindingException.unsupported(
                    "media in a tool's result: Cohere takes texts there only");
        }
        return Json.object()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", result.text());
    }

    private static void assistant(ObjectNode message, List<Part> parts) {
        ArrayNode calls = Json.array();
        parts.stream()
                .filter(ToolCallPart.class::isInstance)
                .forEach(call -> calls.add(call((ToolCallPart) call)));
        String plan = thoughts(parts, Thought.PLAN);
        String thinking = thoughts(parts, Thought.THINKING);
        String text = texts(parts);
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
            if (!plan.isEmpty()) {
                message.put("tool_plan", plan);
            }
        }
        if (!thinking.isEmpty()) {
            ArrayNode content = message.putArray("content");
            content.addObject().put("type", "thinking").put("thinking", thinking);
            if (!text.isEmpty()) {
                content.addObject().put("type", "text").put("text", text);
            }
        } else if (!text.isEmpty() || calls.isEmpty()) {
            message.put("content", text);
        }
    }

    private static String thoughts(List<Part> parts, String kind) {
        return parts.stream()
                .filter(part -> Thought.kind(part).filter(kind::equals).isPresent())
                .filter(ReasoningPart.class::isInstance)
                .map(part -> ((ReasoningPart) part).text())
                .collect(Collectors.joining());
    }

    private static String texts(List<Part> parts) {
        return parts.stream()
                .filter(TextPart.class::isInstance)
                .map(part -> ((TextPart) part).text())
                .collect(Collectors.joining());
    }

    private static ObjectNode call(ToolCallPart call) {
        ObjectNode written = Json.object().put("id", call.id()).put("type", "function");
        String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
        written.putObject("function").put("name", call.name()).put("arguments", arguments);
        return written;
    }

    /** Texts alone as one text; with images, as a list of blocks. */
    private void content(ObjectNode message, List<Part> parts) {
        if (parts.stream().noneMatch(MediaPart.class::isInstance)) {
            message.put("content", texts(parts));
            return;
        }
        ArrayNode content = message.putArray("content");
        for (Part part : parts) {
            if (part instanceof TextPart text) {
                content.addObject().put("type", "text").put("text", text.text());
            } else if (part instanceof MediaPart media) {
                content.add(image(media));
            }
        }
    }

    private ObjectNode image(MediaPart media) {
        String url =
                media.blob()
                        .map(blob -> {
                            if (!MediaData.kind(blob).equals("image")) {
                                throw BindingException.unsupported(
                                        "media of type %s: Cohere takes images only"
                                                .formatted(MediaData.type(blob)));
                            }
                            return MediaData.dataUrl(imageLimit.apply(blob));
                        })
                        .orElseGet(() -> media.uri().orElseThrow().toString());
        ObjectNode block = Json.object().put("type", "image_url");
        ObjectNode image = block.putObject("image_url").put("url", url);
        media.detail().ifPresent(detail -> image.put("detail", detail));
        return block;
    }
}
