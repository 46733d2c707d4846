package dev.bindery.server.ollama;

import dev.bindery.api.MediaPart;
import dev.bindery.api.ToolCallPart;
import java.util.List;

/**
 * What one line of an answer brings.
 *
 * @param text of the answer
 * @param thinking of the model
 * @param calls whole ones
 * @param media of the answer
 */
record Piece(String text, String thinking, List<ToolCallPart> calls, List<MediaPart> media) {
    static final Piece NOTHING = text("");

    static Piece text(String text) {
        return new Piece(text, "", List.of(), List.of());
    }

    static Piece thinking(String thinking) {
        return new Piece("", thinking, List.of(), List.of());
    }
}
