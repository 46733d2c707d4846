package dev.bindery.host.process;

import dev.bindery.api.Cancellation;
import dev.bindery.host.protocol.WireReader;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What to ask a child, and how to read its answer.
 *
 * @param method the method's name
 * @param arguments writes the arguments, sending the blobs that they name
 * @param answer reads the last line, fetching the blobs that it names
 * @param lines hears each line before the last; false when nobody listens any more
 * @param limit how long it may take; zero for as long as it takes
 * @param cancellation whether nobody waits any more
 */
record Question<R>(
        String method,
        Function<CallBlobs, JsonNode> arguments,
        BiFunction<WireReader, CallBlobs, R> answer,
        BiPredicate<WireReader, CallBlobs> lines,
        Duration limit,
        Cancellation cancellation) {

    /** A question without blobs, and with an answer of one line. */
    static <R> Question<R> of(String method, JsonNode arguments, Function<WireReader, R> answer) {
        return of(method, _ -> arguments, (line, _) -> answer.apply(line));
    }

    static <R> Question<R> of(
            String method,
            Function<CallBlobs, JsonNode> arguments,
            BiFunction<WireReader, CallBlobs, R> answer) {
        return new Question<>(
                method, arguments, answer, (_, _) -> true, Duration.ZERO, Cancellation.NONE);
    }

    /** A question that has nothing but an end for an answer. */
    static Question<Boolean> of(String method, JsonNode arguments) {
        return of(method, arguments, _ -> true);
    }

    Question<R> within(Duration limit) {
        return new Question<>(method, arguments, answer, lines, limit, cancellation);
    }

    Question<R> hearing(BiPredicate<WireReader, CallBlobs> lines, Cancellation cancellation) {
        return new Question<>(method, arguments, answer, lines, limit, cancellation);
    }
}
