package dev.bindery.server.ollama;

import dev.bindery.api.FinishReason;
import dev.bindery.api.Timings;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What every line of one answer begins with, and the last one ends with.
 *
 * @param model the model's name as the client wrote it
 * @param form where the answer's pieces stand
 * @param started when the request was taken up: {@link System#nanoTime}
 */
record AnswerHead(String model, PieceForm form, long started) {
    static AnswerHead of(AskedModel model, PieceForm form) {
        return new AnswerHead(model.shown(), form, System.nanoTime());
    }

    /** Opens a line and writes a piece; more fields follow. */
    JsonText open(Piece piece, JsonText out) {
        out.beginObject().field("model").text(model);
        out.field("created_at").text(Instant.now().toString());
        form.write(piece, out);
        return out;
    }

    /** What says that this is the end, and why. */
    static JsonText done(String reason, JsonText out) {
        return out.field("done").flag(true).field("done_reason").text(reason);
    }

    /** The contract's reasons in Ollama's words; those that it lacks keep their own. */
    static String reason(FinishReason reason) {
        return reason.equals(FinishReason.TOOL_CALLS) ? FinishReason.STOP.name() : reason.name();
    }

    /** Counts and times, in nanoseconds; what nobody knows is left out. */
    void totals(AnswerTotals totals, JsonText out) {
        Timings timings = totals.timings();
        out.field("total_duration").number(System.nanoTime() - started);
        time("load_duration", timings.load(), out);
        count("prompt_eval_count", totals.usage().inputTokens(), out);
        time("prompt_eval_duration", timings.prompt(), out);
        count("eval_count", totals.usage().outputTokens(), out);
        time("eval_duration", timings.generation(), out);
    }

    private static void time(String name, Optional<Duration> time, JsonText out) {
        time.ifPresent(known -> out.field(name).number(known.toNanos()));
    }

    static void count(String name, OptionalLong count, JsonText out) {
        count.ifPresent(known -> out.field(name).number(known));
    }
}
