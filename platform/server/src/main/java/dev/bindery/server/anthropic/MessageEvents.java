package dev.bindery.server.anthropic;

import dev.bindery.api.Candidate;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import dev.bindery.server.answer.AnswerForm;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A streamed message. There is one candidate; what a binding says of others is left out. */
final class MessageEvents implements AnswerForm {
    private static final byte[] MESSAGE_START = Events.beginning("message_start");
    private static final byte[] MESSAGE_DELTA = Events.beginning("message_delta");
    private static final byte[] MESSAGE_STOP = Events.bare("message_stop");
    private static final byte[] PING = Events.bare("ping");
    private static final byte[] ERROR = JsonText.utf8("event: error\ndata: ");
    private static final byte[] FRAME_END = JsonText.utf8("\n\n");

    private final MessageHead head;
    private final BlockEvents blocks = new BlockEvents();
    private Usage soFar = Usage.builder().build();
    private @Nullable Candidate ended;

    MessageEvents(MessageHead head) {
        this.head = head;
    }

    @Override
    public String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public void usage(Usage counts) {
        soFar = counts;
    }

    @Override
    public void begin(int candidates, JsonText out) {
        out.raw(MESSAGE_START).field("message");
        head.open(out).field("content").beginArray().endArray();
        out.field("stop_reason").nothing().field("stop_sequence").nothing();
        UsageJson.write(soFar, out.field("usage"));
        out.endObject();
        Events.end(out);
    }

    @Override
    public void text(int candidate, String more, JsonText out) {
        if (candidate == 0) {
            blocks.text(more, out);
        }
    }

    @Override
    public void reasoning(int candidate, String more, JsonText out) {
        if (candidate == 0) {
            blocks.thinking(more, out);
        }
    }

    @Override
    public void attached(int candidate, ReasoningPart part, JsonText out) {
        if (candidate == 0) {
            blocks.attached(part, out);
        }
    }

    @Override
    public String dialect() {
        return RequestReader.DIALECT;
    }

    @Override
    public void apart(int candidate, JsonText out) {
        if (candidate == 0) {
            blocks.endText(out);
        }
    }

    @Override
    public void citation(int candidate, JsonValue citation, JsonText out) {
        if (candidate == 0) {
            blocks.citation(citation, out);
        }
    }

    @Override
    public void opaque(int candidate, OpaquePart part, JsonText out) {
        if (candidate == 0 && part.content() instanceof JsonObject block) {
            blocks.whole(block, out);
        }
    }

    @Override
    public void toolCall(int candidate, ToolCallDelta more, JsonText out) {
        if (candidate == 0) {
            blocks.call(more, out);
        }
    }

    @Override
    public void logprobs(int candidate, List<TokenLogprob> tokens, JsonText out) {}

    @Override
    public void finish(int candidate, Candidate whole, JsonText out) {
        if (candidate == 0) {
            blocks.stop(out);
            ended = whole;
        }
    }

    @Override
    public void end(AnswerTotals totals, JsonText out) {
        out.raw(MESSAGE_DELTA).field("delta").beginObject();
        if (ended != null) {
            StopReasons.write(ended, out);
        }
        UsageJson.write(totals.usage(), out.endObject().field("usage"));
        Events.end(out);
        out.raw(MESSAGE_STOP);
    }

    @Override
    public void failure(Refusal refusal, JsonText out) {
        out.raw(ERROR);
        AnthropicErrors.write(refusal, head.requestId(), out);
        out.raw(FRAME_END);
    }

    @Override
    public void keepAlive(JsonText out) {
        out.raw(PING);
    }
}
