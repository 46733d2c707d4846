package dev.bindery.server.openai;

import dev.bindery.api.TokenLogprob;
import dev.bindery.server.answer.TokenJson;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** Log probabilities in the form of chat answers. */
final class ChatLogprobs {
    private ChatLogprobs() {}

    static void write(List<TokenLogprob> tokens, JsonText out) {
        TokenJson.list(tokens, out.beginObject().field("content"));
        out.field("refusal").nothing().endObject();
    }
}
