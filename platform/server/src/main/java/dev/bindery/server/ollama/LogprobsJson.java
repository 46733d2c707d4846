package dev.bindery.server.ollama;

import dev.bindery.api.TokenLogprob;
import dev.bindery.server.answer.TokenJson;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** Log probabilities beside a piece, and those of the tokens that could have stood there. */
final class LogprobsJson {
    private LogprobsJson() {}

    static void write(List<TokenLogprob> tokens, JsonText out) {
        out.field("logprobs").beginArray();
        for (TokenLogprob token : tokens) {
            TokenJson.open(token, out);
            if (!token.alternatives().isEmpty()) {
                out.field("top_logprobs").beginArray();
                token.alternatives().forEach(other -> TokenJson.open(other, out).endObject());
                out.endArray();
            }
            out.endObject();
        }
        out.endArray();
    }
}
