package dev.bindery.binding.bedrock;

import dev.bindery.api.Message;
import dev.bindery.api.Role;
import dev.bindery.http.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The turns of a conversation as Converse wants them: instructions apart, the others in turn. */
final class Conversation {
    private static final String USER = "user";

    private final BlockWriter blocks;
    private final ArrayNode system = Json.array();
    private final ArrayNode turns = Json.array();
    private final Set<String> tools = new TreeSet<>();
    private String last = "";

    Conversation(BlockWriter blocks) {
        this.blocks = blocks;
    }

    void add(Message message) {
        List<ObjectNode> content = blocks.write(message.parts());
        content.forEach(block -> {
            String called = Json.text(block.path("toolUse"), "name");
            if (!called.isEmpty()) {
                tools.add(called);
            }
        });
        if (content.isEmpty()) {
            return;
        }
        Role role = message.role();
        if (role.equals(Role.SYSTEM) || role.equals(Role.DEVELOPER)) {
            system.addAll(content);
        } else {
            turn(role.equals(Role.ASSISTANT) ? "assistant" : USER, content);
        }
    }

    /** The tools that were called. */
    Set<String> tools() {
        return tools;
    }

    void writeTo(ObjectNode body) {
        if (!system.isEmpty()) {
            body.set("system", system);
        }
        for (var turn : turns) {
            nameDocuments((ArrayNode) turn.path("content"), Json.text(turn, "role"));
        }
        body.set("messages", turns);
    }

    private void turn(String role, List<ObjectNode> content) {
        if (!last.equals(role)) {
            turns.addObject().put("role", role).putArray("content");
            last = role;
        }
        ((ArrayNode) turns.get(turns.size() - 1).get("content")).addAll(content);
    }

    /** Converse wants a text beside a document. */
    private static void nameDocuments(ArrayNode content, String role) {
        boolean document = content.valueStream().anyMatch(block -> block.has("document"));
        boolean text = content.valueStream().anyMatch(block -> block.has("text"));
        if (role.equals(USER) && document && !text) {
            content.addObject().put("text", "See the document.");
        }
    }
}
