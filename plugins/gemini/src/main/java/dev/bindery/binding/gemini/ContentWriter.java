package dev.bindery.binding.gemini;

import dev.bindery.api.Chat;
import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.http.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a conversation: instructions apart from it, and the results of parallel calls together in
 * one turn, whatever number of messages they came in.
 */
final class ContentWriter {
    private final PartWriter parts;
    private final ResultWriter results;
    private final boolean signed;
    private final ArrayNode contents = Json.array();
    private final ArrayNode instructions = Json.array();
    private boolean lastIsResults;

    /**
     * @param signed whether the model insists on a signature with the first call of a turn
     */
    ContentWriter(Chat chat, PartWriter parts, boolean signed) {
        this.parts = parts;
        this.results = new ResultWriter(chat, parts);
        this.signed = signed;
        chat.messages().forEach(this::message);
    }

    void writeTo(ObjectNode body) {
        body.set("contents", contents);
        if (!instructions.isEmpty()) {
            body.putObject("systemInstruction").set("parts", instructions);
        }
    }

    private void message(Message message) {
        List<ToolResultPart> answered = message.parts(ToolResultPart.class);
        answered.forEach(result -> open("user", true).add(results.write(result)));
        List<Part> rest =
                message.parts().stream().filter(part -> !(part instanceof ToolResultPart)).toList();
        if (isInstruction(message.role())) {
            rest.forEach(part -> parts.write(part).ifPresent(instructions::add));
        } else if (message.role().equals(Role.ASSISTANT)) {
            said("model", rest);
        } else {
            said("user", rest);
        }
    }

    private static boolean isInstruction(Role role) {
        return role.equals(Role.SYSTEM) || role.equals(Role.DEVELOPER);
    }

    private void said(String role, List<Part> rest) {
        boolean called = false;
        ArrayNode turn = Json.array();
        for (Part part : rest) {
            ObjectNode written = parts.write(part).orElse(null);
            if (written == null) {
                continue;
            }
            boolean firstCall = part instanceof ToolCallPart && !called;
            if (signed && firstCall && Signature.of(part).isEmpty()) {
                Signature.writeSubstitute(written);
            }
            called |= firstCall;
            turn.add(written);
        }
        if (!turn.isEmpty()) {
            open(role, false).addAll(turn);
        }
    }

    /** The parts of a new turn, or of the open one with results. */
    private ArrayNode open(String role, boolean ofResults) {
        if (ofResults && lastIsResults) {
            return (ArrayNode) contents.path(contents.size() - 1).path("parts");
        }
        lastIsResults = ofResults;
        return contents.addObject().put("role", role).putArray("parts");
    }
}
