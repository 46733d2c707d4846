package dev.bindery.server.openai.responses;

import dev.bindery.api.ReasoningPart;
import dev.bindery.server.json.JsonText;
import org.jspecify.annotations.Nullable;

/** A thought of the model. For one thread. */
final class ReasoningItem implements Item {
    private final String id;
    private final StringBuilder text = new StringBuilder();
    private @Nullable ReasoningPart attached;

    ReasoningItem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    void add(String more) {
        text.append(more);
    }

    void attach(ReasoningPart part) {
        attached = part;
    }

    String text() {
        return text.toString();
    }

    @Override
    public void write(String status, JsonText out) {
        out.beginObject().field("id").text(id).field("type").text("reasoning");
        out.field("summary").beginArray();
        if (!text.isEmpty()) {
            part(text.toString(), out);
        }
        out.endArray();
        if (attached != null) {
            out.field("encrypted_content").text(EncryptedContent.of(attached));
        }
        out.field("status").text(status).endObject();
    }

    static void part(String text, JsonText out) {
        out.beginObject().field("type").text("summary_text").field("text").text(text).endObject();
    }
}
