package dev.bindery.server.openai;

import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the turns of a conversation. */
final class MessageReader {
    private MessageReader() {}

    static List<Message> messages(Fields body) {
        Element messages = body.required("messages");
        List<Message> read =
                messages.list().stream().map(element -> message(element.object())).toList();
        if (read.isEmpty()) {
            throw Refusal.invalid(messages.name(), "there is no message; send at least one");
        }
        return read;
    }

    private static Message message(Fields message) {
        Element role = message.required("role");
        Message read =
                switch (role.text()) {
                    case "system" -> Message.of(Role.SYSTEM, content(message));
                    case "developer" -> Message.of(Role.DEVELOPER, content(message));
                    case "user" -> Message.of(Role.USER, content(message));
                    case "assistant" -> Message.of(Role.ASSISTANT, answer(message));
                    case "tool" -> Message.of(Role.TOOL, List.of(toolResult(message)));
                    default -> throw role.wrong("system, developer, user, assistant or tool");
                };
        return read.withName(message.text("name"));
    }

    private static List<Part> content(Fields message) {
        return parts(message.required("content"));
    }

    private static List<Part> parts(Element content) {
        if (content.isText()) {
            return List.of(TextPart.of(content.text()));
        }
        if (!content.isList()) {
            throw content.wrong("a string or a list of parts");
        }
        return content.list().stream().map(ContentReader::part).toList();
    }

    /** An answer may consist of tool calls alone. */
    private static List<Part> answer(Fields message) {
        List<Part> parts = new ArrayList<>();
        String reasoning = message.text("reasoning_content");
        if (reasoning != null) {
            parts.add(ReasoningPart.of(reasoning));
        }
        Element content = message.element("content");
        List<Element> calls = message.list("tool_calls");
        if (content != null) {
            parts.addAll(parts(content));
        } else if (calls.isEmpty() && !refused(message, parts)) {
            message.required("content");
        }
        calls.forEach(call -> parts.add(toolCall(call.object())));
        return parts;
    }

    private static boolean refused(Fields message, List<Part> parts) {
        @Nullable String refusal = message.text("refusal");
        if (refusal != null) {
            parts.add(TextPart.of(refusal));
        }
        return refusal != null;
    }

    private static ToolCallPart toolCall(Fields call) {
        String id = call.requiredText("id");
        Fields function = call.required("function").object();
        return ToolCallPart.of(
                id, function.requiredText("name"), function.requiredText("arguments"));
    }

    private static ToolResultPart toolResult(Fields message) {
        return ToolResultPart.of(
                message.requiredText("tool_call_id"), null, content(message), false);
    }
}
