package dev.bindery.server.ollama;

import dev.bindery.server.http.ErrorForm;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;

/** Refusals as Ollama tells them: {@code {"error":"text"}}. */
final class OllamaErrors implements ErrorForm {
    static final OllamaErrors FORM = new OllamaErrors();

    private OllamaErrors() {}

    @Override
    public byte[] body(Refusal refusal) {
        JsonText out = new JsonText();
        write(refusal, out);
        return out.toBytes();
    }

    static void write(Refusal refusal, JsonText out) {
        out.beginObject().field("error").text(refusal.message()).endObject();
    }
}
