package dev.bindery.server.openai.responses;

import dev.bindery.server.json.JsonText;

/** A text of the model. For one thread. */
final class MessageItem implements Item {
    private final String id;
    private final StringBuilder text = new StringBuilder();
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

    String text() {
        return text.toString();
    }

    @Override
    public void write(String status, JsonText out) {
        out.beginObject().field("id").text(id).field("type").text("message");
        out.field("status").text(status).field("role").text("assistant");
        out.field("content").beginArray();
        if (begun) {
            part(text.toString(), out);
        }
        out.endArray().endObject();
    }

    static void part(String text, JsonText out) {
        out.beginObject().field("type").text("output_text").field("text").text(text);
        out.field("annotations").beginArray().endArray();
        out.field("logprobs").beginArray().endArray().endObject();
    }
}
