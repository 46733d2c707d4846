package dev.bindery.server.lollms;

import dev.bindery.server.json.JsonText;
import java.util.Optional;

/** How operations are told apart on a stream. */
enum OperationFrames {
    /** A line each. */
    LINES("application/x-ndjson", "", "\n", ""),
    /** A server-sent event each. */
    EVENTS("text/event-stream; charset=utf-8", "data: ", "\n\n", ": keep-alive\n\n");

    private final String contentType;
    private final String before;
    private final String after;
    private final String silence;

    OperationFrames(String contentType, String before, String after, String silence) {
        this.contentType = contentType;
        this.before = before;
        this.after = after;
        this.silence = silence;
    }

    /** What a client's {@code Accept} asks for; absent where it asks for text. */
    static Optional<OperationFrames> of(String accept) {
        if (accept.contains("application/x-ndjson")) {
            return Optional.of(LINES);
        }
        return accept.contains("text/event-stream") ? Optional.of(EVENTS) : Optional.empty();
    }

    String contentType() {
        return contentType;
    }

    JsonText begin(JsonText out) {
        return out.raw(JsonText.utf8(before));
    }

    void end(JsonText out) {
        out.raw(JsonText.utf8(after));
    }

    /** What may be sent when there is nothing to say; empty where nothing may. */
    byte[] silence() {
        return JsonText.utf8(silence);
    }
}
