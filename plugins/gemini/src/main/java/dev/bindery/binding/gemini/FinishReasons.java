package dev.bindery.binding.gemini;

import dev.bindery.api.FinishReason;
import java.util.Locale;

/** What Gemini calls the reasons why an answer ended. */
final class FinishReasons {
    private FinishReasons() {}

    static FinishReason of(String name) {
        return switch (name) {
            case "STOP" -> FinishReason.STOP;
            case "MAX_TOKENS" -> FinishReason.LENGTH;
            case "SAFETY",
                    "RECITATION",
                    "LANGUAGE",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" ->
                    FinishReason.CONTENT_FILTER;
            default -> new FinishReason(name.toLowerCase(Locale.ROOT));
        };
    }

    /** Whether the model asked for a tool so that nobody can call it: no answer, but a failure. */
    static boolean isFailure(String name) {
        return switch (name) {
            case "MALFORMED_FUNCTION_CALL",
                    "UNEXPECTED_TOOL_CALL",
                    "TOO_MANY_TOOL_CALLS",
                    "MISSING_THOUGHT_SIGNATURE" ->
                    true;
            default -> false;
        };
    }
}
