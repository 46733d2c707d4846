package dev.bindery.openai;

import dev.bindery.api.BindingException;
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
import dev.bindery.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes one conversation as OpenAI's messages. For one conversation. */
final class MessageWriter {
    private static final String DIALECT = "openai";

    private final OpenAiOptions options;
    private final ToolCallIds ids;

    /** What tools gave beside text, which has no place in their results. */
    private final List<Part> shown = new ArrayList<>();

    MessageWriter(OpenAiOptions options) {
        this.options = options;
        this.ids = new ToolCallIds(options.provider().toolCallIdLength());
    }

    ArrayNode write(Chat chat) {
        ArrayNode messages = Json.array();
        chat.messages().forEach(message -> write(messages, message));
        show(messages);
        goOn(chat, messages);
        return messages;
    }

    /** A last message of the model's own is to be gone on with. */
    private void goOn(Chat chat, ArrayNode messages) {
        Optional<String> field = options.provider().continuation();
        if (field.isPresent()
                && chat.messages().getLast().role().equals(Role.ASSISTANT)
                && messages.get(messages.size() - 1) instanceof ObjectNode last) {
            last.put(field.get(), true);
        }
    }

    /** Each result of a tool is a message of its own, before whatever else there is. */
    private void write(ArrayNode messages, Message message) {
        for (ToolResultPart result : message.parts(ToolResultPart.class)) {
            messages.add(toolResult(result));
        }
        List<Part> rest =
                message.parts().stream().filter(part -> !(part instanceof ToolResultPart)).toList();
        if (rest.isEmpty() && !message.parts().isEmpty()) {
            return;
        }
        if (message.role().equals(Role.USER)) {
            rest = Stream.concat(shown.stream(), rest.stream()).toList();
            shown.clear();
        }
        show(messages);
        ObjectNode written = messages.addObject().put("role", role(message.role()));
        if (options.provider().messageNames()) {
            message.name().ifPresent(name -> written.put("name", name));
        }
        if (message.role().equals(Role.ASSISTANT)) {
            assistant(written, rest);
        } else {
            content(written, rest);
        }
    }

    /** A user's message takes images after all results of a turn, none of which does. */
    private void show(ArrayNode messages) {
        if (!shown.isEmpty()) {
            content(messages.addObject().put("role", "user"), List.copyOf(shown));
            shown.clear();
        }
    }

    private String role(Role role) {
        return role.equals(Role.DEVELOPER) ? options.developer() : role.name();
    }

    private ObjectNode toolResult(ToolResultPart result) {
        ObjectNode written =
                Json.object().put("role", "tool").put("tool_call_id", ids.of(result.callId()));
        List<Part> media =
                result.parts().stream().filter(part -> part instanceof MediaPart).toList();
        if (media.isEmpty()) {
            content(written, result.parts());
            return written;
        }
        shown.add(TextPart.of("What the tool call %s gave:".formatted(ids.of(result.callId()))));
        shown.addAll(media);
        List<Part> texts =
                result.parts().stream().filter(part -> !(part instanceof MediaPart)).toList();
        content(written, texts.isEmpty() ? List.of(TextPart.of("(see below)")) : texts);
        return written;
    }

    private void assistant(ObjectNode message, List<Part> parts) {
        ArrayNode calls = Json.array();
        List<Part> said = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case ToolCallPart call -> calls.add(call(call));
                case ReasoningPart _ -> {}
                case OpaquePart opaque -> opaque(message, opaque);
                default -> said.add(part);
            }
        }
        if (said.isEmpty()) {
            message.putNull("content");
        } else {
            content(message, said);
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        ReasoningReturn.write(message, options.reasoningReturn(), parts);
    }

    private static void opaque(ObjectNode message, OpaquePart opaque) {
        if (opaque.dialect().equals(DIALECT) && !message.has(opaque.kind())) {
            message.set(opaque.kind(), Json.node(opaque.content()));
        }
    }

    private ObjectNode call(ToolCallPart call) {
        ObjectNode written = Json.object().put("id", ids.of(call.id())).put("type", "function");
        written.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        ExtraContent.in(call).ifPresent(extra -> written.set(ExtraContent.FIELD, extra));
        return written;
    }

    /** A single text as a string, which every server takes; anything else as a list of parts. */
    private void content(ObjectNode message, List<Part> parts) {
        List<JsonNode> written = parts.stream().map(this::part).toList();
        if (parts.isEmpty()) {
            message.put("content", "");
        } else if (parts.size() == 1 && parts.getFirst() instanceof TextPart text) {
            message.put("content", text.text());
        } else {
            ArrayNode content = message.putArray("content");
            written.stream().filter(JsonNode::isObject).forEach(content::add);
        }
    }

    private JsonNode part(Part part) {
        return switch (part) {
            case TextPart text -> Json.object().put("type", "text").put("text", text.text());
            case MediaPart media -> new MediaWriter(options.imageLimit()).write(media);
            case OpaquePart opaque when opaque.dialect().equals(DIALECT) ->
                    Json.node(opaque.content());
            case OpaquePart _ -> Json.array();
            default ->
                    throw BindingException.unsupported(
                            "a part of kind %s in such a message"
                                    .formatted(part.getClass().getSimpleName()));
        };
    }
}
