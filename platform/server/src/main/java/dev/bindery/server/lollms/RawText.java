package dev.bindery.server.lollms;

import dev.bindery.api.Candidate;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.answer.AnswerForm;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.List;

/**
 * An answer as its bare text, piece by piece. Nothing in it can tell a failure, so a stream that
 * fails breaks off: its connection ends before the stream does.
 */
final class RawText implements AnswerForm {
    @Override
    public String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public void begin(int candidates, JsonText out) {}

    @Override
    public void text(int candidate, String more, JsonText out) {
        out.raw(JsonText.utf8(more));
    }

    @Override
    public void reasoning(int candidate, String more, JsonText out) {}

    @Override
    public void toolCall(int candidate, ToolCallDelta more, JsonText out) {}

    @Override
    public void logprobs(int candidate, List<TokenLogprob> tokens, JsonText out) {}

    @Override
    public void finish(int candidate, Candidate whole, JsonText out) {}

    @Override
    public void end(AnswerTotals totals, JsonText out) {}

    /** An answer that its client has stopped ends as it was asked to. */
    @Override
    public void failure(Refusal refusal, JsonText out) {
        if (!refusal.code().equals(Calls.STOPPED)) {
            throw refusal;
        }
    }

    @Override
    public void keepAlive(JsonText out) {}
}
