package dev.bindery.server.openai.responses;

import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.util.ArrayList;
import java.util.List;

/** Reads the items of the input into turns: what the model said in a row is one turn. */
final class InputReader {
    private final JsonBody bodies;
    private final List<Message> messages = new ArrayList<>();

    InputReader(JsonBody bodies) {
        this.bodies = bodies;
    }

    List<Message> messages(Fields body, Settings settings) {
        Element instructions = body.element("instructions");
        settings.value("instructions", instructions, "null");
        if (instructions != null) {
            messages.add(Message.system(instructions.text()));
        }
        Element input = body.required("input");
        if (input.isText()) {
            messages.add(Message.user(input.text()));
            return messages;
        }
        List<Element> items = input.list();
        if (items.isEmpty()) {
            throw Refusal.invalid(input.name(), "there is no item; send at least one");
        }
        items.forEach(item -> read(item.object()));
        return messages;
    }

    private void read(Fields item) {
        Element type = item.element("type");
        switch (type == null ? "message" : type.text()) {
            case "message" -> message(item);
            case "function_call" -> add(Role.ASSISTANT, List.of(call(item)));
            case "function_call_output" -> add(Role.TOOL, List.of(result(item)));
            case "reasoning" -> add(Role.ASSISTANT, List.of(thought(item)));
            case "item_reference" ->
                    throw ResponseReader.unsupported(
                            item.name("type"), "this server stores no items; send the item itself");
            default ->
                    throw ResponseReader.unsupported(
                            item.name("type"),
                            "expected message, function_call, function_call_output or reasoning, found \"%s\""
                                    .formatted(item.required("type").text()));
        }
    }

    private void message(Fields item) {
        Element role = item.required("role");
        List<Part> parts = PartReader.parts(item.required("content"));
        switch (role.text()) {
            case "user" -> messages.add(Message.of(Role.USER, parts));
            case "assistant" -> add(Role.ASSISTANT, parts);
            case "system" -> messages.add(Message.of(Role.SYSTEM, parts));
            case "developer" -> messages.add(Message.of(Role.DEVELOPER, parts));
            default -> throw role.wrong("user, assistant, system or developer");
        }
    }

    private void add(Role role, List<? extends Part> parts) {
        if (!messages.isEmpty() && messages.getLast().role().equals(role)) {
            messages.add(messages.removeLast().plus(parts));
        } else {
            messages.add(Message.of(role, parts));
        }
    }

    private static ToolCallPart call(Fields item) {
        return ToolCallPart.of(
                item.requiredText("call_id"),
                item.requiredText("name"),
                item.requiredText("arguments"));
    }

    private static ToolResultPart result(Fields item) {
        return ToolResultPart.of(
                item.requiredText("call_id"),
                null,
                PartReader.parts(item.required("output")),
                false);
    }

    private ReasoningPart thought(Fields item) {
        StringBuilder text = new StringBuilder();
        for (String field : List.of("summary", "content")) {
            item.list(field).forEach(part -> text.append(part.object().requiredText("text")));
        }
        String content = item.text("encrypted_content");
        return content == null
                ? ReasoningPart.of(text.toString())
                : EncryptedContent.read(text.toString(), content, bodies);
    }
}
