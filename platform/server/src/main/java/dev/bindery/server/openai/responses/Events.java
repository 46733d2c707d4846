package dev.bindery.server.openai.responses;

import dev.bindery.server.json.JsonText;

/** The framing of a streamed response, and the running number of its events. For one thread. */
final class Events {
    private static final byte[] EVENT = JsonText.utf8("event: ");
    private static final byte[] DATA = JsonText.utf8("\ndata: ");
    private static final byte[] END = JsonText.utf8("}\n\n");

    private int next;

    /** Begins an event; its further fields are to follow. */
    JsonText begin(String type, JsonText out) {
        out.raw(EVENT).raw(JsonText.utf8(type)).raw(DATA).beginObject();
        return out.field("type").text(type).field("sequence_number").number(next++);
    }

    void end(JsonText out) {
        out.raw(END);
    }
}
