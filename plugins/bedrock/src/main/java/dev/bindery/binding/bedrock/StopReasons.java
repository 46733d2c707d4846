package dev.bindery.binding.bedrock;

import dev.bindery.api.FinishReason;

/** What Converse calls the reasons why an answer ended. */
final class StopReasons {
    private StopReasons() {}

    static FinishReason of(String name) {
        return switch (name) {
            case "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "guardrail_intervened", "content_filtered" -> FinishReason.CONTENT_FILTER;
            case "refusal" -> FinishReason.REFUSAL;
            default -> new FinishReason(name);
        };
    }
}
