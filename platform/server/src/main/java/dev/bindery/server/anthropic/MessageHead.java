package dev.bindery.server.anthropic;

import dev.bindery.server.json.JsonText;

/**
 * What a message begins with.
 *
 * @param id the message's id: {@code msg_…}
 * @param requestId the request's id, which errors name
 * @param model the model's name as the client gave it
 */
record MessageHead(String id, String requestId, String model) {
    static MessageHead of(String requestId, String model) {
        return new MessageHead("msg_" + requestId.replaceFirst("^req_", ""), requestId, model);
    }

    /** Opens the message; its content and what else there is are to follow. */
    JsonText open(JsonText out) {
        out.beginObject().field("id").text(id).field("type").text("message");
        return out.field("role").text("assistant").field("model").text(model);
    }
}
