package dev.bindery.binding.cohere;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.http.WellFormedText;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the thoughts of an answer: hands on their text as it comes, says at each one's end of what
 * kind it was, and keeps them to go back.
 */
final class Thoughts {
    private final GenerationCallback heard;
    private final List<Part> ended = new ArrayList<>();
    private final WellFormedText text = new WellFormedText();
    private final StringBuilder open = new StringBuilder();
    private String kind = "";

    Thoughts(GenerationCallback heard) {
        this.heard = heard;
    }

    /** The next piece of a thought of that kind; whether to go on. */
    boolean take(String kindOfPiece, String piece) {
        if (piece.isEmpty()) {
            return true;
        }
        if (!kindOfPiece.equals(kind) && !end()) {
            return false;
        }
        kind = kindOfPiece;
        return say(text.take(piece));
    }

    /** Ends the thought that is open, if any; whether to go on. */
    boolean end() {
        if (kind.isEmpty()) {
            return true;
        }
        if (!say(text.rest()) || !heard.on(Operation.reasoning(Thought.of(kind, "")))) {
            return false;
        }
        close();
        return true;
    }

    /** All of them, the open one as far as it came. */
    List<Part> all() {
        if (!open.isEmpty()) {
            close();
        }
        return List.copyOf(ended);
    }

    private boolean say(String piece) {
        if (!piece.isEmpty() && !heard.on(Operation.reasoning(piece))) {
            return false;
        }
        open.append(piece);
        return true;
    }

    private void close() {
        ended.add(Thought.of(kind, open.toString()));
        open.setLength(0);
        kind = "";
    }
}
