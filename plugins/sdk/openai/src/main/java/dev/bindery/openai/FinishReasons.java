package dev.bindery.openai;

import dev.bindery.api.FinishReason;
import java.util.Locale;

/** What servers call the reasons why an answer ended. */
final class FinishReasons {
    private FinishReasons() {}

    static FinishReason of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "stop", "eos", "eos_token", "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "length", "max_tokens", "model_length" -> FinishReason.LENGTH;
            case "tool_calls", "function_call", "tool_use" -> FinishReason.TOOL_CALLS;
            case "content_filter", "safety" -> FinishReason.CONTENT_FILTER;
            default -> new FinishReason(name);
        };
    }
}
