package dev.bindery.server.answer;

import dev.bindery.api.Blob;
import dev.bindery.api.TokenLogprob;
import dev.bindery.server.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A token's log probability in the form that all LLM APIs share. */
public final class TokenJson {
    private TokenJson() {}

    /** Opens the token's object: token, log probability and bytes; more fields may follow. */
    public static JsonText open(TokenLogprob token, JsonText out) {
        out.beginObject().field("token").text(token.token());
        out.field("logprob").number(token.logprob()).field("bytes").beginArray();
        for (byte b : bytes(token)) {
            out.number(b & 0xff);
        }
        return out.endArray();
    }

    private static byte[] bytes(TokenLogprob token) {
        Blob bytes = token.bytes().orElse(null);
        try {
            return bytes == null ? token.token().getBytes(StandardCharsets.UTF_8) : bytes.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
