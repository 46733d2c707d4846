package dev.bindery.server.anthropic;

import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The content blocks of a streamed message: one after the other, each started, told bit by bit and
 * stopped before the next. For one thread.
 */
final class BlockEvents {
    private static final String INPUT = "input";
    private static final byte[] START = withIndex("content_block_start");
    private static final byte[] DELTA = withIndex("content_block_delta");
    private static final byte[] STOP = withIndex("content_block_stop");
    private static final byte[] TEXT =
            JsonText.utf8(",\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    private static final byte[] THINKING =
            JsonText.utf8(
                    ",\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\","
                            + "\"signature\":\"\"}");
    private static final byte[] BLOCK = JsonText.utf8(",\"content_block\":");
    private static final byte[] TEXT_DELTA = delta("text_delta", "text");
    private static final byte[] THINKING_DELTA = delta("thinking_delta", "thinking");
    private static final byte[] SIGNATURE_DELTA = delta("signature_delta", "signature");
    private static final byte[] INPUT_DELTA = delta("input_json_delta", "partial_json");
    private static final byte[] CITATIONS_DELTA = delta("citations_delta", "citation");
    private static final byte[] DELTA_END = JsonText.utf8("}");

    private int next;
    private Kind open = Kind.NONE;
    private int call;
    private @Nullable ReasoningPart attached;

    private enum Kind {
        NONE,
        TEXT,
        THINKING,
        CALL,
        OTHER
    }

    void text(String more, JsonText out) {
        open(Kind.TEXT, TEXT, out);
        delta(TEXT_DELTA, more, out);
    }

    void thinking(String more, JsonText out) {
        open(Kind.THINKING, THINKING, out);
        delta(THINKING_DELTA, more, out);
    }

    /** What was attached last stands; a signature ends the thought. */
    void attached(ReasoningPart thought, JsonText out) {
        if (thought.redacted()) {
            redacted(thought, out);
            return;
        }
        open(Kind.THINKING, THINKING, out);
        attached = thought;
        if (thought.signature().isPresent()) {
            stop(out);
        }
    }

    /** What the open text cites, or one that begins with it. */
    void citation(JsonValue citation, JsonText out) {
        open(Kind.TEXT, TEXT, out);
        out.raw(DELTA).number(next - 1).raw(CITATIONS_DELTA).value(citation.toString());
        out.raw(DELTA_END);
        Events.end(out);
    }

    /** The next text is a block of its own. */
    void endText(JsonText out) {
        if (open == Kind.TEXT) {
            stop(out);
        }
    }

    /** A block that has no name here, as it came; clients expect its input apart. */
    void whole(JsonObject block, JsonText out) {
        stop(out);
        JsonObject input = block.object(INPUT);
        JsonObject begun = input.isEmpty() ? block : block.with(INPUT, JsonObject.EMPTY);
        start(out).raw(BLOCK).value(begun.toString());
        Events.end(out);
        if (!input.isEmpty()) {
            delta(INPUT_DELTA, input.toString(), out);
        }
        open = Kind.OTHER;
        stop(out);
    }

    void call(ToolCallDelta more, JsonText out) {
        if (open != Kind.CALL || call != more.index()) {
            startCall(more.id().orElse(""), more.name().orElse(""), out);
            call = more.index();
        }
        if (!more.argumentsFragment().isEmpty()) {
            delta(INPUT_DELTA, more.argumentsFragment(), out);
        }
    }

    private void startCall(String id, String name, JsonText out) {
        stop(out);
        start(out).raw(BLOCK);
        Blocks.openCall(id, name, out).beginObject().endObject().endObject();
        Events.end(out);
        open = Kind.CALL;
    }

    /** Stops the open block, where there is one. */
    void stop(JsonText out) {
        if (open == Kind.NONE) {
            return;
        }
        if (attached != null) {
            delta(SIGNATURE_DELTA, ThoughtSeal.signature(attached), out);
            attached = null;
        }
        out.raw(STOP).number(next - 1);
        Events.end(out);
        open = Kind.NONE;
    }

    private void redacted(ReasoningPart thought, JsonText out) {
        stop(out);
        start(out).raw(BLOCK);
        Blocks.redacted(thought, out);
        Events.end(out);
        open = Kind.THINKING;
        stop(out);
    }

    private void open(Kind kind, byte[] block, JsonText out) {
        if (open != kind) {
            stop(out);
            start(out).raw(block);
            Events.end(out);
            open = kind;
        }
    }

    private JsonText start(JsonText out) {
        return out.raw(START).number(next++);
    }

    private void delta(byte[] kind, String more, JsonText out) {
        out.raw(DELTA).number(next - 1).raw(kind).text(more).raw(DELTA_END);
        Events.end(out);
    }

    private static byte[] withIndex(String type) {
        return new JsonText()
                .raw(Events.beginning(type))
                .raw(JsonText.utf8(",\"index\":"))
                .toBytes();
    }

    private static byte[] delta(String type, String field) {
        return JsonText.utf8(",\"delta\":{\"type\":\"%s\",\"%s\":".formatted(type, field));
    }
}
