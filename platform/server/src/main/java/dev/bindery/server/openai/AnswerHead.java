package dev.bindery.server.openai;

import dev.bindery.server.json.JsonText;
import java.time.Instant;

/**
 * What every chunk of one answer begins with.
 *
 * @param id the answer's id: {@code chatcmpl-…}
 * @param created when, in seconds
 * @param model the model's name as the client gave it
 */
record AnswerHead(String id, long created, String model) {
    static AnswerHead of(String prefix, String requestId, String model) {
        return new AnswerHead(
                prefix + requestId.replaceFirst("^req_", ""),
                Instant.now().getEpochSecond(),
                model);
    }

    /** Opens the object; more fields follow. */
    JsonText open(JsonText out, String object) {
        return out.beginObject()
                .field("id")
                .text(id)
                .field("object")
                .text(object)
                .field("created")
                .number(created)
                .field("model")
                .text(model);
    }
}
