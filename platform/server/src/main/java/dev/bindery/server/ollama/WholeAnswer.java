package dev.bindery.server.ollama;

import dev.bindery.api.Candidate;
import dev.bindery.api.GenerationResult;
import dev.bindery.server.answer.AnswerMedia;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.json.JsonText;

/** An answer that is not streamed: one object with all of it. */
final class WholeAnswer {
    private WholeAnswer() {}

    static byte[] of(AnswerHead head, GenerationResult result, AnswerTotals totals) {
        Candidate answer = result.first();
        Piece all =
                new Piece(
                        answer.text(),
                        answer.reasoning(),
                        answer.toolCalls(),
                        AnswerMedia.of(answer));
        JsonText out = head.open(all, new JsonText());
        AnswerHead.done(AnswerHead.reason(answer.finishReason()), out);
        if (!answer.logprobs().isEmpty()) {
            LogprobsJson.write(answer.logprobs(), out);
        }
        head.totals(totals, out);
        return out.endObject().toBytes();
    }

    /** What answers a request that only loads or frees a model. */
    static byte[] nothing(AnswerHead head, String reason) {
        JsonText out = head.open(Piece.NOTHING, new JsonText());
        return AnswerHead.done(reason, out).endObject().toBytes();
    }
}
