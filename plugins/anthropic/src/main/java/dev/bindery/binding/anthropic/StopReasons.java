package dev.bindery.binding.anthropic;

import dev.bindery.api.FinishReason;

/** What the API calls the reasons why an answer ended. */
final class StopReasons {
    private StopReasons() {}

    static FinishReason of(String name) {
        return switch (name) {
            case "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "refusal" -> FinishReason.REFUSAL;
            default -> new FinishReason(name);
        };
    }
}
