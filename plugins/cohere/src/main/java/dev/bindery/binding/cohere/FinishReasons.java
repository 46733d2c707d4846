package dev.bindery.binding.cohere;

import dev.bindery.api.FinishReason;
import java.util.Locale;

/** What Cohere calls the reasons why an answer ended. */
final class FinishReasons {
    private FinishReasons() {}

    static FinishReason of(String name) {
        return switch (name) {
            case "COMPLETE", "STOP_SEQUENCE" -> FinishReason.STOP;
            case "MAX_TOKENS", "ERROR_LIMIT" -> FinishReason.LENGTH;
            case "TOOL_CALL" -> FinishReason.TOOL_CALLS;
            case "ERROR_TOXIC" -> FinishReason.CONTENT_FILTER;
            default -> new FinishReason(name.toLowerCase(Locale.ROOT));
        };
    }
}
