package dev.bindery.server.openai.responses;

import dev.bindery.api.TokenLogprob;
import dev.bindery.server.answer.TokenJson;
import dev.bindery.server.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** A text of the model. For one thread. */
final class MessageItem implements Item {
    private final String id;
    private final StringBuilder text = new StringBuilder();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private boolean begun;

    MessageItem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    void add(String more) {
        begun = true;
        text.append(more);
    }

    void add(List<TokenLogprob> tokens) {
        logprobs.addAll(tokens);
    }

    String text() {
        return text.toString();
    }

    List<TokenLogprob> logprobs() {
        return logprobs;
    }

    @Override
    public void write(String status, JsonText out) {
        out.beginObject().field("id").text(id).field("type").text("message");
        out.field("status").text(status).field("role").text("assistant");
        out.field("content").beginArray();
        if (begun) {
            part(text.toString(), logprobs, out);
        }
        out.endArray().endObject();
    }

    static void part(String text, List<TokenLogprob> logprobs, JsonText out) {
        out.beginObject().field("type").text("output_text").field("text").text(text);
        out.field("annotations").beginArray().endArray();
        TokenJson.list(logprobs, out.field("logprobs")).endObject();
    }
}
