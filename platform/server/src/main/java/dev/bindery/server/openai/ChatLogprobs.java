package dev.bindery.server.openai;

import dev.bindery.api.Blob;
import dev.bindery.api.TokenLogprob;
import dev.bindery.server.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Log probabilities in the form of chat answers. */
final class ChatLogprobs {
    private ChatLogprobs() {}

    static void write(List<TokenLogprob> tokens, JsonText out) {
        out.beginObject().field("content").beginArray();
        for (TokenLogprob token : tokens) {
            open(token, out).field("top_logprobs").beginArray();
            for (TokenLogprob other : token.alternatives()) {
                open(other, out).endObject();
            }
            out.endArray().endObject();
        }
        out.endArray().field("refusal").nothing().endObject();
    }

    private static JsonText open(TokenLogprob token, JsonText out) {
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
