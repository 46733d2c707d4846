package dev.bindery.server.openai;

import dev.bindery.api.Candidate;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Usage;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** A whole chat answer: {@code chat.completion}. */
final class ChatAnswer {
    private ChatAnswer() {}

    static byte[] of(AnswerHead head, GenerationResult result, Usage usage, boolean logprobs) {
        JsonText out = new JsonText();
        head.open(out, "chat.completion").field("choices").beginArray();
        List<Candidate> candidates = result.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            choice(i, candidates.get(i), logprobs, out);
        }
        UsageJson.write(usage, out.endArray().field("usage"));
        return out.field("system_fingerprint").nothing().endObject().toBytes();
    }

    private static void choice(int index, Candidate candidate, boolean logprobs, JsonText out) {
        out.beginObject().field("index").number(index);
        message(candidate, out.field("message"));
        out.field("logprobs");
        if (logprobs && !candidate.logprobs().isEmpty()) {
            ChatLogprobs.write(candidate.logprobs(), out);
        } else {
            out.nothing();
        }
        out.field("finish_reason").text(FinishReasons.of(candidate.finishReason())).endObject();
    }

    private static void message(Candidate candidate, JsonText out) {
        out.beginObject().field("role").text("assistant");
        String text = candidate.text();
        out.field("content");
        if (text.isEmpty() && !candidate.toolCalls().isEmpty()) {
            out.nothing();
        } else {
            out.text(text);
        }
        if (!candidate.reasoning().isEmpty()) {
            out.field("reasoning_content").text(candidate.reasoning());
        }
        if (!candidate.toolCalls().isEmpty()) {
            out.field("tool_calls").beginArray();
            candidate.toolCalls().forEach(call -> ToolCallJson.whole(call, out));
            out.endArray();
        }
        out.field("refusal").nothing().endObject();
    }
}
