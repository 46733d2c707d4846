package dev.bindery.host;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;

/**
 * Receives an answer on the thread that asked for it. A lambda over {@link #on} is enough; whoever
 * writes to a client also overrides the other two.
 */
@FunctionalInterface
public interface AnswerSink extends GenerationCallback {
    /**
     * The next operation.
     *
     * @return false to stop the generation
     */
    @Override
    boolean on(Operation operation);

    /** Nothing more is at hand: flush what was buffered. */
    default void pause() {}

    /**
     * Nothing has come for a while; called every 15 seconds, also before the first operation.
     *
     * @return false to stop the generation
     */
    default boolean silence() {
        return true;
    }
}
