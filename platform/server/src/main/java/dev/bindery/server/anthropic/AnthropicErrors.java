package dev.bindery.server.anthropic;

import dev.bindery.api.ErrorCode;
import dev.bindery.server.http.ErrorForm;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.Map;

/** Refusals as Anthropic tells them: {@code {"type":"error","error":{"type","message"}}}. */
final class AnthropicErrors implements ErrorForm {
    static final AnthropicErrors FORM = new AnthropicErrors();

    private static final int OVERLOADED = 529;
    private static final Map<Integer, String> TYPES =
            Map.of(
                    401,
                    "authentication_error",
                    403,
                    "permission_error",
                    404,
                    "not_found_error",
                    413,
                    "request_too_large",
                    429,
                    "rate_limit_error",
                    499,
                    "api_error",
                    504,
                    "timeout_error",
                    OVERLOADED,
                    "overloaded_error");

    private AnthropicErrors() {}

    @Override
    public byte[] body(Refusal refusal) {
        return body(refusal, "");
    }

    @Override
    public byte[] body(Refusal refusal, String requestId) {
        JsonText out = new JsonText();
        write(refusal, requestId, out);
        return out.toBytes();
    }

    /** Lack of capacity has a status of its own here. */
    @Override
    public int status(Refusal refusal) {
        return refusal.code().equals(ErrorCode.OVERLOADED.name()) ? OVERLOADED : refusal.status();
    }

    static void write(Refusal refusal, String requestId, JsonText out) {
        out.beginObject().field("type").text("error").field("error").beginObject();
        out.field("type").text(type(FORM.status(refusal)));
        out.field("message").text(refusal.message()).endObject();
        out.field("request_id").text(requestId).endObject();
    }

    private static String type(int status) {
        return TYPES.getOrDefault(status, status < 500 ? "invalid_request_error" : "api_error");
    }
}
