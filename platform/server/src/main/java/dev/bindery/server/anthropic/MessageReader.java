package dev.bindery.server.anthropic;

import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.util.ArrayList;
import java.util.List;

/** Reads the turns of one conversation. For one thread. */
final class MessageReader {
    private final BlockReader blocks;

    MessageReader(JsonBody bodies) {
        blocks = new BlockReader(bodies);
    }

    /** The instructions, where there are any, and the turns. */
    List<Message> messages(Fields body) {
        List<Message> read = new ArrayList<>();
        Element system = body.element("system");
        if (system != null) {
            read.add(Message.of(Role.SYSTEM, content(system)));
        }
        Element messages = body.required("messages");
        List<Element> turns = messages.list();
        if (turns.isEmpty()) {
            throw Refusal.invalid(messages.name(), "there is no message; send at least one");
        }
        turns.forEach(turn -> read(turn.object(), read));
        return read;
    }

    private void read(Fields turn, List<Message> read) {
        Element role = turn.required("role");
        List<Part> parts = content(turn.required("content"));
        switch (role.text()) {
            case "user" -> addUsers(parts, read);
            case "assistant" -> read.add(Message.of(Role.ASSISTANT, parts));
            case "system" -> read.add(Message.of(Role.SYSTEM, parts));
            default -> throw role.wrong("user or assistant");
        }
    }

    private List<Part> content(Element content) {
        if (content.isText()) {
            return List.of(TextPart.of(content.text()));
        }
        if (!content.isList()) {
            throw content.wrong("a string or a list of content blocks");
        }
        return content.list().stream().map(blocks::part).toList();
    }

    /** Results of tools are the user's here, and a turn of their own in the contract. */
    private static void addUsers(List<Part> parts, List<Message> read) {
        List<Part> run = new ArrayList<>();
        for (Part part : parts) {
            if (!run.isEmpty() && isResult(part) != isResult(run.getLast())) {
                read.add(turn(run));
                run.clear();
            }
            run.add(part);
        }
        read.add(turn(run));
    }

    private static Message turn(List<Part> parts) {
        boolean results = !parts.isEmpty() && isResult(parts.getLast());
        return Message.of(results ? Role.TOOL : Role.USER, parts);
    }

    private static boolean isResult(Part part) {
        return part instanceof ToolResultPart;
    }
}
