package dev.bindery.server.answer;

import dev.bindery.api.GenerationResult;
import dev.bindery.host.AnswerSink;
import dev.bindery.server.http.Refusal;

/**
 * An answer on its way to a client that reads along: hears the operations of one call or of several
 * in a row, and how they end. For one thread.
 */
public interface AnswerStream extends AnswerSink {
    /**
     * One call has ended well.
     *
     * @throws Refusal when what it returned contradicts what was sent of it
     */
    void finish(GenerationResult result);

    /** All calls have ended well. */
    void end();

    /**
     * The answer has failed: told on the stream where that has begun.
     *
     * @throws Refusal the same, where nothing has been sent and there is a better way to tell it
     */
    void fail(Refusal failure);
}
