package dev.bindery.server.anthropic;

import dev.bindery.server.json.JsonText;

/**
 * The framing of a streamed message: each event has a line with its type, which stands in its data
 * too, a line with the data, and an empty one.
 */
final class Events {
    private static final byte[] END = JsonText.utf8("}\n\n");

    private Events() {}

    /** What an event of that type begins with; its further fields are to follow. */
    static byte[] beginning(String type) {
        return JsonText.utf8("event: %s\ndata: {\"type\":\"%s\"".formatted(type, type));
    }

    /** An event without further fields. */
    static byte[] bare(String type) {
        return new JsonText().raw(beginning(type)).raw(END).toBytes();
    }

    static void end(JsonText out) {
        out.raw(END);
    }
}
