package dev.bindery.examples.callbacks;

import dev.bindery.api.GenerationInput;
import dev.bindery.api.Prompt;
import java.util.List;

/** Stands for whatever produces text: here it recites. */
final class Engine {
    /** What an engine reports: a piece of text, a better one for the last, or a line's end. */
    record Event(Kind kind, String text) {}

    enum Kind {
        TEXT,
        CORRECTION,
        NEWLINE
    }

    Iterable<String> stream(GenerationInput input) {
        String text = ((Prompt) input).text().orElse("");
        return List.of(text.split("(?<= )"));
    }

    Iterable<Event> events() {
        return List.of(
                new Event(Kind.TEXT, "I like "),
                new Event(Kind.TEXT, "catz"),
                new Event(Kind.CORRECTION, "cats"),
                new Event(Kind.NEWLINE, ""),
                new Event(Kind.TEXT, "And dogs"));
    }

    int countTokens(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }
}
