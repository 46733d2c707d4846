package dev.bindery.server.answer;

import dev.bindery.api.TokenLogprob;
import dev.bindery.server.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A token's log probability in the form that all LLM APIs share. */
public final class TokenJson {
    private TokenJson() {}

    /** The tokens as a list, each with its alternatives as {@code top_logprobs}. */
    public static JsonText list(List<TokenLogprob> tokens, JsonText out) {
        out.beginArray();
        for (TokenLogprob token : tokens) {
            open(token, out).field("top_logprobs").beginArray();
            for (TokenLogprob other : token.alternatives()) {
                open(other, out).endObject();
            }
            out.endArray().endObject();
        }
        return out.endArray();
    }

    /** Opens the token's object: token, log probability and bytes; more fields may follow. */
    public static JsonText open(TokenLogprob token, JsonText out) {
        out.beginObject().field("token").text(token.token());
        out.field("logprob").number(token.logprob()).field("bytes").beginArray();
        for (byte b :
                token.bytes().orElseGet(() -> token.token().getBytes(StandardCharsets.UTF_8))) {
            out.number(b & 0xff);
        }
        return out.endArray();
    }
}
