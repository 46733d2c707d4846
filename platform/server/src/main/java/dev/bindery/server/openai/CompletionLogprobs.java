package dev.bindery.server.openai;

import dev.bindery.api.TokenLogprob;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** Log probabilities in the older form of completions: parallel lists. */
final class CompletionLogprobs {
    private CompletionLogprobs() {}

    /**
     * @param offset where the first token stands in the choice's text
     */
    static void write(List<TokenLogprob> tokens, int offset, JsonText out) {
        out.beginObject().field("tokens").beginArray();
        tokens.forEach(token -> out.text(token.token()));
        out.endArray().field("token_logprobs").beginArray();
        tokens.forEach(token -> out.number(token.logprob()));
        out.endArray().field("top_logprobs").beginArray();
        tokens.forEach(token -> alternatives(token, out));
        out.endArray().field("text_offset").beginArray();
        int at = offset;
        for (TokenLogprob token : tokens) {
            out.number(at);
            at += token.token().length();
        }
        out.endArray().endObject();
    }

    private static void alternatives(TokenLogprob token, JsonText out) {
        out.beginObject();
        for (TokenLogprob other : token.alternatives()) {
            out.field(other.token()).number(other.logprob());
        }
        out.endObject();
    }
}
