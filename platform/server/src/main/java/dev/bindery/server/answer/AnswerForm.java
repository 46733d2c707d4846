package dev.bindery.server.answer;

import dev.bindery.api.Candidate;
import dev.bindery.api.JsonValue;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;
import java.util.List;

/**
 * How one API streams one answer. Each method writes the frames of one event; what it writes to is
 * empty then. One object for each answer, used by one thread.
 */
public interface AnswerForm {
    /** The media type of the stream. */
    String contentType();

    /** Token counts so far, from a provider that knows some before the end. */
    default void usage(Usage soFar) {}

    /** The answer of {@code candidates} candidates begins. */
    void begin(int candidates, JsonText out);

    /** The candidate's text goes on; never with half a character. */
    void text(int candidate, String more, JsonText out);

    /** The candidate's reasoning goes on. */
    void reasoning(int candidate, String more, JsonText out);

    /**
     * The provider attached something to the candidate's reasoning, whose text was given before: a
     * signature, which ends the thought, or data; or it withheld the thought.
     *
     * @param part what is attached; its text is no more than the last piece
     */
    default void attached(int candidate, ReasoningPart part, JsonText out) {}

    /** The API whose opaque parts and citations the form can tell; empty for none. */
    default String dialect() {
        return "";
    }

    /** The candidate's text that comes next is a part of its own, apart from the one before. */
    default void apart(int candidate, JsonText out) {}

    /** The candidate's text cites something: in the form's own dialect. */
    default void citation(int candidate, JsonValue citation, JsonText out) {}

    /** The candidate has a part that the contract has no name for: one of the form's dialect. */
    default void opaque(int candidate, OpaquePart part, JsonText out) {}

    /** A tool call of the candidate goes on; it is whole before anything else begins. */
    void toolCall(int candidate, ToolCallDelta more, JsonText out);

    /** Log probabilities of tokens that were just sent. */
    void logprobs(int candidate, List<TokenLogprob> tokens, JsonText out);

    /** The candidate has ended. */
    void finish(int candidate, Candidate whole, JsonText out);

    /** The whole answer has ended. */
    void end(AnswerTotals totals, JsonText out);

    /** The answer has failed after it had begun; nothing follows. */
    void failure(Refusal refusal, JsonText out);

    /** Nothing has come for a while; something must, lest the connection is taken for dead. */
    void keepAlive(JsonText out);
}
