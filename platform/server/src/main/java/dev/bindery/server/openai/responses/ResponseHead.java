package dev.bindery.server.openai.responses;

import dev.bindery.server.json.JsonText;
import java.time.Instant;

/**
 * What the response says of itself and of its request, at every stage.
 *
 * @param stem what the ids of this answer share
 * @param created when, in seconds
 * @param model the model's name as the client gave it
 * @param settings what the request asked for, as fields of JSON text
 */
record ResponseHead(String stem, long created, String model, String settings) {
    static ResponseHead of(String requestId, String model, String settings) {
        return new ResponseHead(
                requestId.replaceFirst("^req_", ""),
                Instant.now().getEpochSecond(),
                model,
                settings);
    }

    /** Opens the response; status, output and usage are to follow. */
    JsonText open(JsonText out) {
        out.beginObject().field("id").text("resp_" + stem).field("object").text("response");
        out.field("created_at").number(created).field("model").text(model);
        return out.raw(JsonText.utf8("," + settings));
    }
}
