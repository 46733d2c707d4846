package dev.bindery.binding.gemini;

import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one candidate as they must come back in the next turn: pieces of a text or a thought
 * are joined, but one that came with a signature stays a part of its own, even when it is empty.
 */
final class AnswerParts {
    private final List<Part> parts = new ArrayList<>();

    void text(String text, @Nullable String signature) {
        if (signature == null && isOpen(TextPart.class)) {
            String before = ((TextPart) parts.removeLast()).text();
            parts.add(TextPart.of(before + text));
        } else if (signature != null || !text.isEmpty()) {
            parts.add(Signature.on(TextPart.of(text), signature));
        }
    }

    void thought(String text, @Nullable String signature) {
        if (signature == null && isOpen(ReasoningPart.class)) {
            String before = ((ReasoningPart) parts.removeLast()).text();
            parts.add(ReasoningPart.of(before + text));
        } else if (signature != null || !text.isEmpty()) {
            parts.add(Signature.on(ReasoningPart.of(text), signature));
        }
    }

    void add(Part part) {
        parts.add(part);
    }

    List<Part> all() {
        return List.copyOf(parts);
    }

    private boolean isOpen(Class<? extends Part> kind) {
        return !parts.isEmpty()
                && kind.isInstance(parts.getLast())
                && Signature.of(parts.getLast()).isEmpty();
    }
}
