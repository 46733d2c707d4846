package dev.bindery.server.openai.responses;

import dev.bindery.api.Candidate;
import dev.bindery.api.Usage;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response at its stages. */
final class ResponseJson {
    private static final String COMPLETED = "completed";
    private static final String INCOMPLETE = "incomplete";

    private ResponseJson() {}

    static void begun(ResponseHead head, JsonText out) {
        write(head, "in_progress", List.of(), null, out);
        nothing("error", out);
        nothing("incomplete_details", out);
        out.endObject();
    }

    static void ended(
            ResponseHead head, List<Item> items, Candidate answer, Usage usage, JsonText out) {
        String status = status(answer);
        write(head, status, items, usage, out);
        nothing("error", out);
        out.field("incomplete_details");
        if (status.equals(INCOMPLETE)) {
            boolean length = answer.finishReason().name().equals("length");
            String reason = length ? "max_output_tokens" : "content_filter";
            out.beginObject().field("reason").text(reason).endObject();
        } else {
            out.nothing();
        }
        out.endObject();
    }

    static void failed(ResponseHead head, List<Item> items, Refusal refusal, JsonText out) {
        write(head, "failed", items, null, out);
        out.field("error").beginObject().field("code").text(code(refusal));
        out.field("message").text(refusal.message()).endObject();
        nothing("incomplete_details", out);
        out.endObject();
    }

    /** How an answer, and the items of it, ended. */
    static String status(Candidate answer) {
        return switch (answer.finishReason().name()) {
            case "length", "content_filter" -> INCOMPLETE;
            default -> COMPLETED;
        };
    }

    private static void write(
            ResponseHead head,
            String status,
            List<Item> items,
            @Nullable Usage usage,
            JsonText out) {
        head.open(out).field("status").text(status).field("output").beginArray();
        for (int i = 0; i < items.size(); i++) {
            boolean cut = i == items.size() - 1 && !status.equals(COMPLETED);
            items.get(i).write(cut ? INCOMPLETE : COMPLETED, out);
        }
        out.endArray().field("usage");
        if (usage == null) {
            out.nothing();
        } else {
            usage(usage, out);
        }
    }

    private static void usage(Usage usage, JsonText out) {
        long input = usage.inputTokens().orElse(0);
        long output = usage.outputTokens().orElse(0);
        out.beginObject().field("input_tokens").number(input);
        out.field("input_tokens_details").beginObject();
        out.field("cached_tokens").number(usage.cacheReadTokens().orElse(0));
        out.field("cache_write_tokens").number(usage.cacheWriteTokens().orElse(0)).endObject();
        out.field("output_tokens").number(output);
        out.field("output_tokens_details").beginObject();
        out.field("reasoning_tokens").number(usage.reasoningTokens().orElse(0)).endObject();
        out.field("total_tokens").number(input + output).endObject();
    }

    private static String code(Refusal refusal) {
        return switch (refusal.code()) {
            case "RATE_LIMITED", "OVERLOADED" -> "rate_limit_exceeded";
            case "INVALID_REQUEST", "CONTEXT_LENGTH_EXCEEDED", "CONTENT_FILTERED" ->
                    "invalid_prompt";
            default -> "server_error";
        };
    }

    private static void nothing(String field, JsonText out) {
        out.field(field).nothing();
    }
}
