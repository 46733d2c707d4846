package dev.bindery.server.ollama;

import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.server.answer.Images;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.ArrayList;
import java.util.List;

/** Reads the turns of one conversation. */
final class MessageReader {
    private final ToolCallIds ids = new ToolCallIds();

    private MessageReader() {}

    /** The messages; none asks for the model to be loaded. */
    static List<Message> messages(Fields body) {
        MessageReader reader = new MessageReader();
        List<Message> messages = new ArrayList<>();
        for (Element message : body.list("messages")) {
            messages.add(reader.message(message.object()));
        }
        return messages;
    }

    private Message message(Fields message) {
        Element role = message.required("role");
        return switch (role.text()) {
            case "system" -> Message.of(Role.SYSTEM, content(message));
            case "user" -> Message.of(Role.USER, content(message));
            case "assistant" -> Message.of(Role.ASSISTANT, answer(message));
            case "tool" -> Message.of(Role.TOOL, List.of(result(message)));
            case "" -> throw role.wrong("system, user, assistant or tool");
            // Some models' templates know further ones.
            default -> Message.of(new Role(role.text()), content(message));
        };
    }

    private static List<Part> content(Fields message) {
        List<Part> parts = new ArrayList<>();
        String text = message.text("content");
        if (text != null) {
            parts.add(TextPart.of(text));
        }
        message.list("images").forEach(image -> parts.add(Images.read(image)));
        return parts;
    }

    private List<Part> answer(Fields message) {
        List<Part> parts = new ArrayList<>();
        String thinking = message.text("thinking");
        if (thinking != null && !thinking.isEmpty()) {
            parts.add(ReasoningPart.of(thinking));
        }
        parts.addAll(content(message));
        message.list("tool_calls").forEach(call -> parts.add(call(call.object())));
        return parts;
    }

    private ToolCallPart call(Fields call) {
        Fields function = call.required("function").object();
        String name = function.requiredText("name");
        Element arguments = function.element("arguments");
        return ToolCallPart.of(
                ids.called(call.text("id"), name),
                name,
                arguments == null ? "{}" : object(arguments));
    }

    private static String object(Element arguments) {
        arguments.object();
        return arguments.json().toString();
    }

    private ToolResultPart result(Fields message) {
        String name = message.text("tool_name");
        String id = ids.answered(message.text("tool_call_id"), name);
        return ToolResultPart.of(id, name, content(message), false);
    }
}
