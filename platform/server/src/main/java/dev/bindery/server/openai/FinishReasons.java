package dev.bindery.server.openai;

import dev.bindery.api.FinishReason;

/** The contract's reasons in OpenAI's words, which are fewer. */
final class FinishReasons {
    private FinishReasons() {}

    static String of(FinishReason reason) {
        return switch (reason.name()) {
            case "length" -> "length";
            case "tool_calls" -> "tool_calls";
            case "content_filter", "refusal" -> "content_filter";
            default -> "stop";
        };
    }
}
