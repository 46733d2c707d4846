package dev.bindery.server.openai;

import dev.bindery.api.Candidate;
import dev.bindery.api.TokenLogprob;
import dev.bindery.server.answer.AnswerForm;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.List;

/**
 * A streamed answer in chunks of one choice: {@code data:} lines, each followed by an empty one,
 * ended by {@code [DONE]}. What all chunks of an answer share is rendered once.
 */
abstract class SseChunks implements AnswerForm {
    private static final byte[] DATA = JsonText.utf8("data: ");
    private static final byte[] DONE = JsonText.utf8("data: [DONE]\n\n");
    private static final byte[] KEEP_ALIVE = JsonText.utf8(": keep-alive\n\n");
    private static final byte[] FRAME_END = JsonText.utf8("\n\n");
    private static final byte[] GOES_ON =
            JsonText.utf8(",\"logprobs\":null,\"finish_reason\":null");
    private static final byte[] NOT_FINISHED = JsonText.utf8(",\"finish_reason\":null");

    private final AnswerHead head;
    private final String object;
    private final boolean includeUsage;
    private final byte[] open;
    private final byte[] logprobs;
    private final byte[] finish;
    private final byte[] close;

    /**
     * @param object the chunks' kind
     * @param nothing the field of a choice that says nothing
     * @param includeUsage whether the client wants the usage as a last chunk
     */
    SseChunks(AnswerHead head, String object, String nothing, boolean includeUsage) {
        this.head = head;
        this.object = object;
        this.includeUsage = includeUsage;
        this.open = rendered("\"choices\":[{\"index\":");
        this.logprobs = JsonText.utf8("," + nothing + ",\"logprobs\":");
        this.finish = JsonText.utf8("," + nothing + ",\"logprobs\":null,\"finish_reason\":");
        this.close = JsonText.utf8(includeUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n");
    }

    @Override
    public final String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    /** Opens a chunk of one choice, up to its index. */
    final JsonText choice(int index, JsonText out) {
        return out.raw(open).number(index);
    }

    /** Closes the chunk of a choice that goes on. */
    final void goesOn(JsonText out) {
        out.raw(GOES_ON).raw(close);
    }

    @Override
    public final void logprobs(int candidate, List<TokenLogprob> tokens, JsonText out) {
        write(candidate, tokens, choice(candidate, out).raw(logprobs));
        out.raw(NOT_FINISHED).raw(close);
    }

    /** Log probabilities in the form that the chunks' kind has for them. */
    abstract void write(int candidate, List<TokenLogprob> tokens, JsonText out);

    @Override
    public final void finish(int candidate, Candidate whole, JsonText out) {
        last(candidate, whole, out);
        choice(candidate, out).raw(finish).text(FinishReasons.of(whole.finishReason())).raw(close);
    }

    /** What is told of a choice before its end, and not in pieces. */
    void last(int candidate, Candidate whole, JsonText out) {}

    @Override
    public final void end(AnswerTotals totals, JsonText out) {
        if (includeUsage) {
            out.raw(rendered("\"choices\":[],\"usage\":"));
            UsageJson.write(totals.usage(), out);
            out.endObject().raw(FRAME_END);
        }
        out.raw(DONE);
    }

    /** The error in the stream, and the end that clients wait for. */
    @Override
    public final void failure(Refusal refusal, JsonText out) {
        out.raw(DATA);
        OpenAiErrors.write(refusal, out);
        out.raw(FRAME_END).raw(DONE);
    }

    @Override
    public final void keepAlive(JsonText out) {
        out.raw(KEEP_ALIVE);
    }

    private byte[] rendered(String next) {
        JsonText text = new JsonText().raw(DATA);
        return head.open(text, object).raw(JsonText.utf8("," + next)).toBytes();
    }
}
