package dev.bindery.server.openai;

import dev.bindery.server.answer.AnswerForm;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;

/**
 * The framing of a streamed answer: {@code data:} lines, each followed by an empty one, ended by
 * {@code [DONE]}. What all chunks of an answer share is rendered once.
 */
final class SseChunks {
    static final String CONTENT_TYPE = "text/event-stream; charset=utf-8";
    private static final byte[] DATA = JsonText.utf8("data: ");
    private static final byte[] DONE = JsonText.utf8("data: [DONE]\n\n");
    private static final byte[] KEEP_ALIVE = JsonText.utf8(": keep-alive\n\n");
    private static final byte[] FRAME_END = JsonText.utf8("\n\n");

    private final AnswerHead head;
    private final String object;
    private final boolean includeUsage;
    private final byte[] open;
    private final byte[] close;

    /**
     * @param object the chunks' kind
     * @param includeUsage whether the client wants the usage as a last chunk
     */
    SseChunks(AnswerHead head, String object, boolean includeUsage) {
        this.head = head;
        this.object = object;
        this.includeUsage = includeUsage;
        this.open = rendered("\"choices\":[{\"index\":");
        this.close = JsonText.utf8(includeUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n");
    }

    /** Opens a chunk of one choice, up to its index. */
    JsonText choice(int index, JsonText out) {
        return out.raw(open).number(index);
    }

    /** Closes what {@link #choice} has opened. */
    void close(JsonText out) {
        out.raw(close);
    }

    /** {@link AnswerForm#end}. */
    void end(AnswerTotals totals, JsonText out) {
        if (includeUsage) {
            out.raw(rendered("\"choices\":[],\"usage\":"));
            UsageJson.write(totals.usage(), out);
            out.endObject().raw(FRAME_END);
        }
        out.raw(DONE);
    }

    /** {@link AnswerForm#failure}: the error in the stream, and the end that clients wait for. */
    void failure(Refusal refusal, JsonText out) {
        out.raw(DATA);
        OpenAiErrors.write(refusal, out);
        out.raw(FRAME_END).raw(DONE);
    }

    void keepAlive(JsonText out) {
        out.raw(KEEP_ALIVE);
    }

    private byte[] rendered(String next) {
        JsonText text = new JsonText().raw(DATA);
        return head.open(text, object).raw(JsonText.utf8("," + next)).toBytes();
    }
}
