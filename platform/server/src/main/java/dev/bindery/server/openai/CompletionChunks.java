package dev.bindery.server.openai;

import dev.bindery.api.Candidate;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.answer.AnswerForm;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** A streamed completion: {@code text_completion} objects, which know text alone. */
final class CompletionChunks implements AnswerForm {
    private static final byte[] TEXT = JsonText.utf8(",\"text\":");
    private static final byte[] GOES_ON =
            JsonText.utf8(",\"logprobs\":null,\"finish_reason\":null");
    private static final byte[] LOGPROBS = JsonText.utf8(",\"text\":\"\",\"logprobs\":");
    private static final byte[] NOT_FINISHED = JsonText.utf8(",\"finish_reason\":null");
    private static final byte[] FINISH =
            JsonText.utf8(",\"text\":\"\",\"logprobs\":null,\"finish_reason\":");

    private final SseChunks chunks;
    private final TextOffsets offsets = new TextOffsets();

    CompletionChunks(AnswerHead head, boolean includeUsage) {
        chunks = new SseChunks(head, "text_completion", includeUsage);
    }

    @Override
    public String contentType() {
        return SseChunks.CONTENT_TYPE;
    }

    @Override
    public void begin(int candidates, JsonText out) {}

    @Override
    public void text(int candidate, String more, JsonText out) {
        chunks.choice(candidate, out).raw(TEXT).text(more).raw(GOES_ON);
        chunks.close(out);
    }

    @Override
    public void reasoning(int candidate, String more, JsonText out) {}

    @Override
    public void toolCall(int candidate, ToolCallDelta more, JsonText out) {}

    @Override
    public void logprobs(int candidate, List<TokenLogprob> tokens, JsonText out) {
        chunks.choice(candidate, out).raw(LOGPROBS);
        CompletionLogprobs.write(tokens, offsets.next(candidate, tokens), out);
        out.raw(NOT_FINISHED);
        chunks.close(out);
    }

    @Override
    public void finish(int candidate, Candidate whole, JsonText out) {
        chunks.choice(candidate, out).raw(FINISH).text(FinishReasons.of(whole.finishReason()));
        chunks.close(out);
    }

    @Override
    public void end(AnswerTotals totals, JsonText out) {
        chunks.end(totals, out);
    }

    @Override
    public void failure(Refusal refusal, JsonText out) {
        chunks.failure(refusal, out);
    }

    @Override
    public void keepAlive(JsonText out) {
        chunks.keepAlive(out);
    }
}
