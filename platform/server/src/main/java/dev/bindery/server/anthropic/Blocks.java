package dev.bindery.server.anthropic;

import dev.bindery.api.ReasoningPart;
import dev.bindery.server.json.JsonText;

/** Content blocks that whole and streamed messages write alike. */
final class Blocks {
    private Blocks() {}

    /** A thought that was withheld. */
    static void redacted(ReasoningPart thought, JsonText out) {
        out.beginObject().field("type").text("redacted_thinking");
        out.field("data").text(ThoughtSeal.redacted(thought)).endObject();
    }

    /** Opens a call up to its input, which is to follow. */
    static JsonText openCall(String id, String name, JsonText out) {
        out.beginObject().field("type").text("tool_use").field("id").text(id);
        return out.field("name").text(name).field("input");
    }
}
