package dev.bindery.binding.anthropic;

import dev.bindery.api.Message;
import dev.bindery.api.Role;
import dev.bindery.http.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The turns of a conversation as the API wants them: instructions apart, user and assistant in
 * turn, a tool's results at the head of the user's next turn.
 */
final class Conversation {
    private static final String SYSTEM = "system";
    private static final String USER = "user";
    private static final String ASSISTANT = "assistant";

    private final BlockWriter blocks;
    private final boolean systemTurns;
    private final ArrayNode system = Json.array();
    private final ArrayNode turns = Json.array();

    /**
     * @param systemTurns whether instructions may stand after a user's turn
     */
    Conversation(BlockWriter blocks, boolean systemTurns) {
        this.blocks = blocks;
        this.systemTurns = systemTurns;
    }

    void add(Message message) {
        List<ObjectNode> content = blocks.write(message.parts());
        if (content.isEmpty()) {
            return;
        }
        if (message.role().equals(Role.ASSISTANT)) {
            turn(ASSISTANT, content);
        } else if (!isInstruction(message.role())) {
            turn(USER, content);
        } else if (systemTurns && (lastRole().equals(USER) || lastRole().equals(SYSTEM))) {
            turn(SYSTEM, content);
        } else {
            system.addAll(content);
        }
    }

    void writeTo(ObjectNode body) {
        if (!system.isEmpty()) {
            body.set(SYSTEM, system);
        }
        body.set("messages", turns);
    }

    private static boolean isInstruction(Role role) {
        return role.equals(Role.SYSTEM) || role.equals(Role.DEVELOPER);
    }

    private String lastRole() {
        return turns.isEmpty() ? "" : Json.text(turns.get(turns.size() - 1), "role");
    }

    private void turn(String role, List<ObjectNode> content) {
        if (!lastRole().equals(role)) {
            turns.addObject().put("role", role).putArray("content");
        }
        ArrayNode said = (ArrayNode) turns.get(turns.size() - 1).get("content");
        for (ObjectNode block : content) {
            if (isResult(block)) {
                said.insert(results(said), block);
            } else {
                said.add(block);
            }
        }
    }

    /** How many results of tools the turn begins with. */
    private static int results(ArrayNode said) {
        int count = 0;
        while (count < said.size() && isResult(said.get(count))) {
            count++;
        }
        return count;
    }

    private static boolean isResult(JsonNode block) {
        return Json.text(block, "type").equals("tool_result");
    }
}
