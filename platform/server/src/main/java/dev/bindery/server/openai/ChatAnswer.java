package dev.bindery.server.openai;

import dev.bindery.api.Candidate;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Usage;
import dev.bindery.server.answer.AnswerMedia;
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

    /** OpenAI has no place for them in a chat; this is where other servers put them. */
    static void images(List<String> urls, JsonText out) {
        if (urls.isEmpty()) {
            return;
        }
        out.field("images").beginArray();
        for (int i = 0; i < urls.size(); i++) {
            out.beginObject().field("index").number(i).field("type").text("image_url");
            out.field("image_url").beginObject().field("url").text(urls.get(i));
            out.endObject().endObject();
        }
        out.endArray();
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
        images(AnswerMedia.imageUrls(candidate), out);
        out.field("refusal").nothing().endObject();
    }
}
