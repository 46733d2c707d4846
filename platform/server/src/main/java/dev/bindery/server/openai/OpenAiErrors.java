package dev.bindery.server.openai;

import dev.bindery.server.http.ErrorForm;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Refusals as OpenAI tells them: {@code {"error":{"message","type","param","code"}}}. */
public final class OpenAiErrors implements ErrorForm {
    public static final OpenAiErrors FORM = new OpenAiErrors();

    private OpenAiErrors() {}

    @Override
    public byte[] body(Refusal refusal) {
        JsonText out = new JsonText();
        write(refusal, out);
        return out.toBytes();
    }

    static void write(Refusal refusal, JsonText out) {
        out.beginObject().field("error").beginObject();
        out.field("message").text(refusal.message());
        out.field("type").text(type(refusal));
        textOrNull(out.field("param"), refusal.param().orElse(null));
        textOrNull(out.field("code"), code(refusal));
        out.endObject().endObject();
    }

    private static String type(Refusal refusal) {
        return switch (refusal.status()) {
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> refusal.status() < 499 ? "invalid_request_error" : "server_error";
        };
    }

    private static @Nullable String code(Refusal refusal) {
        return switch (refusal.code()) {
            case "INVALID_REQUEST" -> null;
            case "unauthorized" -> "invalid_api_key";
            case "CONTENT_FILTERED" -> "content_filter";
            case "RATE_LIMITED", "OVERLOADED" -> "rate_limit_exceeded";
            default -> refusal.code().toLowerCase(Locale.ROOT);
        };
    }

    private static void textOrNull(JsonText out, @Nullable String text) {
        if (text == null) {
            out.nothing();
        } else {
            out.text(text);
        }
    }
}
