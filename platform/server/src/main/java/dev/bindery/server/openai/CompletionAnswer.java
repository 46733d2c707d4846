package dev.bindery.server.openai;

import dev.bindery.api.Candidate;
import dev.bindery.api.Usage;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** A whole completion: {@code text_completion}. */
final class CompletionAnswer {
    private CompletionAnswer() {}

    static byte[] of(AnswerHead head, List<Candidate> candidates, Usage usage) {
        JsonText out = new JsonText();
        head.open(out, "text_completion").field("choices").beginArray();
        for (int i = 0; i < candidates.size(); i++) {
            choice(i, candidates.get(i), out);
        }
        UsageJson.write(usage, out.endArray().field("usage"));
        return out.field("system_fingerprint").nothing().endObject().toBytes();
    }

    private static void choice(int index, Candidate candidate, JsonText out) {
        out.beginObject().field("text").text(candidate.text()).field("index").number(index);
        out.field("logprobs");
        if (candidate.logprobs().isEmpty()) {
            out.nothing();
        } else {
            CompletionLogprobs.write(candidate.logprobs(), 0, out);
        }
        out.field("finish_reason").text(FinishReasons.of(candidate.finishReason())).endObject();
    }
}
