package dev.bindery.api;

import org.apiguardian.api.API;

/**
 * Receives an answer while it comes into being. The guide's {@code callback(chunk, type,
 * metadata)}.
 *
 * <p>Call it from one thread at a time. It may block up to 30 seconds while the client reads
 * slowly. False means stop: end the generation and return what there is. After it has returned
 * false, or {@code generate} has returned, calling it does nothing and returns false.
 *
 * <p>{@link Answer} is a callback that adds up what passes through it: wrap the host's callback in
 * one, and return its {@link Answer#result}.
 */
@FunctionalInterface
@API(status = API.Status.STABLE, since = "1.0")
public interface GenerationCallback {
    /** A callback that takes everything and keeps nothing. */
    GenerationCallback IGNORE = operation -> true;

    /**
     * Hands over the next operation.
     *
     * @return whether to go on
     */
    boolean on(Operation operation);

    /** Adds a piece to the answer's text. */
    default boolean chunk(String text) {
        return on(Operation.chunk(text));
    }

    /** Adds a piece to the answer's text, with what is known at this point. */
    default boolean chunk(String text, JsonObject metadata) {
        return on(Operation.chunk(text).withMetadata(metadata));
    }

    /** An operation of any type that needs no payload. */
    default boolean operation(OperationType type, String text) {
        return on(Operation.of(type, text));
    }
}
