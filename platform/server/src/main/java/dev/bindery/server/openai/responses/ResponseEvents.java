package dev.bindery.server.openai.responses;

import dev.bindery.api.Candidate;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.answer.AnswerForm;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** A streamed response. There is one candidate; what a binding says of others is left out. */
final class ResponseEvents implements AnswerForm {
    private static final byte[] KEEP_ALIVE = JsonText.utf8(": keep-alive\n\n");

    private final ResponseHead head;
    private final Events events = new Events();
    private final ItemEvents items;
    private Candidate ended = Candidate.builder().build();

    ResponseEvents(ResponseHead head) {
        this.head = head;
        this.items = new ItemEvents(events, new Items(head.stem()));
    }

    @Override
    public String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public void begin(int candidates, JsonText out) {
        for (String type : List.of("response.created", "response.in_progress")) {
            ResponseJson.begun(head, events.begin(type, out).field("response"));
            events.end(out);
        }
    }

    @Override
    public void text(int candidate, String more, JsonText out) {
        if (candidate == 0) {
            items.text(more, out);
        }
    }

    @Override
    public void reasoning(int candidate, String more, JsonText out) {
        if (candidate == 0) {
            items.thinking(more, out);
        }
    }

    @Override
    public void attached(int candidate, ReasoningPart part, JsonText out) {
        if (candidate == 0) {
            items.attached(part, out);
        }
    }

    @Override
    public void toolCall(int candidate, ToolCallDelta more, JsonText out) {
        if (candidate == 0) {
            items.call(more, out);
        }
    }

    @Override
    public void logprobs(int candidate, List<TokenLogprob> tokens, JsonText out) {
        if (candidate == 0) {
            items.logprobs(tokens, out);
        }
    }

    @Override
    public void finish(int candidate, Candidate whole, JsonText out) {
        if (candidate == 0) {
            items.close(ResponseJson.status(whole), out);
            ended = whole;
        }
    }

    @Override
    public void end(AnswerTotals totals, JsonText out) {
        events.begin("response." + ResponseJson.status(ended), out);
        ResponseJson.ended(head, items.all(), ended, totals.usage(), out.field("response"));
        events.end(out);
    }

    @Override
    public void failure(Refusal refusal, JsonText out) {
        events.begin("response.failed", out);
        ResponseJson.failed(head, items.all(), refusal, out.field("response"));
        events.end(out);
    }

    @Override
    public void keepAlive(JsonText out) {
        out.raw(KEEP_ALIVE);
    }
}
