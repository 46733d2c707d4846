package dev.bindery.server.ollama;

import dev.bindery.api.Answer;
import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.server.answer.AnswerForm;
import dev.bindery.server.answer.AnswerMedia;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** A streamed answer: a line of JSON for each piece, the last one alone is {@code done}. */
final class AnswerLines implements AnswerForm {
    private static final byte[] LINE_END = {'\n'};

    private final AnswerHead head;
    private final Answer calls = new Answer(GenerationCallback.IGNORE);
    private FinishReason reason = FinishReason.STOP;

    AnswerLines(AnswerHead head) {
        this.head = head;
    }

    @Override
    public String contentType() {
        return "application/x-ndjson";
    }

    @Override
    public void begin(int candidates, JsonText out) {}

    @Override
    public void text(int candidate, String more, JsonText out) {
        line(Piece.text(more), out);
    }

    @Override
    public void reasoning(int candidate, String more, JsonText out) {
        line(Piece.thinking(more), out);
    }

    @Override
    public void toolCall(int candidate, ToolCallDelta more, JsonText out) {
        calls.on(Operation.toolCall(more));
    }

    @Override
    public void logprobs(int candidate, List<TokenLogprob> tokens, JsonText out) {
        head.open(Piece.NOTHING, out).field("done").flag(false);
        LogprobsJson.write(tokens, out);
        out.endObject().raw(LINE_END);
    }

    @Override
    public void finish(int candidate, Candidate whole, JsonText out) {
        reason = whole.finishReason();
        List<ToolCallPart> called = calls.candidate(0, reason).toolCalls();
        List<MediaPart> media = AnswerMedia.of(whole);
        if (!called.isEmpty() || !media.isEmpty()) {
            line(new Piece("", "", called, media), out);
        }
    }

    @Override
    public void end(AnswerTotals totals, JsonText out) {
        AnswerHead.done(AnswerHead.reason(reason), head.open(Piece.NOTHING, out));
        head.totals(totals, out);
        out.endObject().raw(LINE_END);
    }

    @Override
    public void failure(Refusal refusal, JsonText out) {
        OllamaErrors.write(refusal, out);
        out.raw(LINE_END);
    }

    /** Clients parse every line, so silence is told by a piece of nothing. */
    @Override
    public void keepAlive(JsonText out) {
        line(Piece.NOTHING, out);
    }

    private void line(Piece piece, JsonText out) {
        head.open(piece, out).field("done").flag(false).endObject().raw(LINE_END);
    }
}
