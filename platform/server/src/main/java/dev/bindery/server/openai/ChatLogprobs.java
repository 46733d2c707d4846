package dev.bindery.server.openai;

import dev.bindery.api.TokenLogprob;
import dev.bindery.server.answer.TokenJson;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** Log probabilities in the form of chat answers. */
final class ChatLogprobs {
    private ChatLogprobs() {}

    static void write(List<TokenLogprob> tokens, JsonText out) {
        out.beginObject().field("content").beginArray();
        for (TokenLogprob token : tokens) {
            TokenJson.open(token, out).field("top_logprobs").beginArray();
            for (TokenLogprob other : token.alternatives()) {
                TokenJson.open(other, out).endObject();
            }
            out.endArray().endObject();
        }
        out.endArray().field("refusal").nothing().endObject();
    }
}
