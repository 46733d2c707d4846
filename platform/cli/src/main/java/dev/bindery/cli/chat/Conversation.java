package dev.bindery.cli.chat;

import dev.bindery.cli.admin.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What has been said so far, and how the next answer is asked for. For one thread. */
public final class Conversation {
    private final String model;
    private final String system;
    private final ObjectNode options;
    private final List<ObjectNode> said = new ArrayList<>();

    /**
     * @param system an instruction for all answers; may be empty
     * @param options fields of every request, {@code max_tokens} for instance
     */
    public Conversation(String model, String system, ObjectNode options) {
        this.model = model;
        this.system = system;
        this.options = options;
    }

    public String model() {
        return model;
    }

    /** Forgets everything but the instruction. */
    public void clear() {
        said.clear();
    }

    void user(String text) {
        said.add(message("user", text));
    }

    void assistant(String text) {
        said.add(message("assistant", text));
    }

    /** Takes back what the user said last, since no answer came of it. */
    void takeBack() {
        said.removeLast();
    }

    ObjectNode request() {
        ObjectNode request = Json.object().put("model", model).put("stream", true);
        request.setAll(options);
        ArrayNode messages = request.putArray("messages");
        if (!system.isEmpty()) {
            messages.add(message("system", system));
        }
        messages.addAll(said);
        return request;
    }

    private static ObjectNode message(String role, String text) {
        return Json.object().put("role", role).put("content", text);
    }
}
