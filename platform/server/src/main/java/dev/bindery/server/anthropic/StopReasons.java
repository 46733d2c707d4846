package dev.bindery.server.anthropic;

import dev.bindery.api.Candidate;
import dev.bindery.server.json.JsonText;

/** Why an answer ended, in Anthropic's words. */
final class StopReasons {
    private static final String STOP_SEQUENCE = "stop_sequence";

    private StopReasons() {}

    /** Both fields that tell of the end. */
    static void write(Candidate ended, JsonText out) {
        String reason = of(ended);
        out.field("stop_reason").text(reason).field(STOP_SEQUENCE);
        if (reason.equals(STOP_SEQUENCE)) {
            out.text(ended.stopSequence().orElseThrow());
        } else {
            out.nothing();
        }
    }

    private static String of(Candidate ended) {
        return switch (ended.finishReason().name()) {
            case "length" -> "max_tokens";
            case "tool_calls" -> "tool_use";
            case "content_filter", "refusal" -> "refusal";
            case "pause_turn" -> "pause_turn";
            case "stop" -> ended.stopSequence().isPresent() ? STOP_SEQUENCE : "end_turn";
            default -> "end_turn";
        };
    }
}
