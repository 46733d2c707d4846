package dev.bindery.server.lollms;

import dev.bindery.server.http.ErrorForm;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;

/** Refusals as LoLLMs tells them: {@code {"status":false,"error":"text"}}, with a true status. */
final class LollmsErrors implements ErrorForm {
    static final LollmsErrors FORM = new LollmsErrors();

    private LollmsErrors() {}

    @Override
    public byte[] body(Refusal refusal) {
        JsonText out = new JsonText().beginObject().field("status").flag(false);
        return out.field("error").text(refusal.message()).endObject().toBytes();
    }
}
