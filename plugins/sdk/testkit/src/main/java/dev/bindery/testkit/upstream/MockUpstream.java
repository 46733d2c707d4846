package dev.bindery.testkit.upstream;

import dev.bindery.api.GenerationRequest;
import java.util.OptionalInt;

/**
 * A provider that does what a script says. {@link HttpUpstream} is one for every provider that
 * speaks HTTP; anything else that can be told how to answer is one, too.
 *
 * <p>Every method may be called from any thread.
 */
public interface MockUpstream extends AutoCloseable {
    /** What happens to requests from now on, until the next script; some may run at once. */
    void plays(Script script);

    /** Whether it can do that; what it cannot is left out of the suite, and said so. */
    default boolean canPlay(Script script) {
        return true;
    }

    /** Lets go on what the script holds. */
    default void release() {}

    /**
     * What the binding is to be asked: the request as it is, unless the script has to travel inside
     * of it.
     */
    default GenerationRequest cue(GenerationRequest request) {
        return request;
    }

    /**
     * How many callers have left while the script held their answer; absent where it cannot be
     * seen.
     */
    default OptionalInt departed() {
        return OptionalInt.empty();
    }

    @Override
    default void close() {}
}
