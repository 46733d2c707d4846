package dev.bindery.server.admin;

import dev.bindery.server.http.ErrorForm;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.Locale;

/** Refusals of the admin API: {@code {"error":{"code","message"}}}. */
final class AdminErrors implements ErrorForm {
    static final AdminErrors FORM = new AdminErrors();

    private AdminErrors() {}

    @Override
    public byte[] body(Refusal refusal) {
        JsonText out = new JsonText();
        write(refusal, out);
        return out.toBytes();
    }

    static void write(Refusal refusal, JsonText out) {
        out.beginObject().field("error").beginObject();
        out.field("code").text(code(refusal));
        out.field("message").text(refusal.message()).endObject().endObject();
    }

    private static String code(Refusal refusal) {
        return switch (refusal.code()) {
            case "INVALID_REQUEST", "protocol_error" -> "invalid";
            case "MODEL_NOT_FOUND" -> "not_found";
            case "INTERNAL" -> "failed";
            default -> refusal.code().toLowerCase(Locale.ROOT);
        };
    }
}
