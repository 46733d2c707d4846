package dev.bindery.testkit.upstream;

import dev.bindery.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a provider words what it says; {@link HttpUpstream} does the rest: it cuts, stalls, hangs up
 * and splits characters by itself. Every method may be called from any thread.
 */
public interface WireFormat {
    /**
     * The answer to a request that is not for a generated answer: the list of models, embeddings, a
     * count of tokens. Empty for one that is.
     */
    Optional<HttpAnswer> aside(HttpAsked request);

    /** Whether that request for an answer wants a stream. */
    boolean wantsStream(HttpAsked request);

    /**
     * The script's text, thoughts, tool calls, token counts and reason to end, in one piece.
     *
     * @param request what it answers, for providers whose answers differ from one path to another
     */
    HttpAnswer whole(HttpAsked request, Script script);

    /** The same as a stream, with one event for each of {@link Script#pieces}. */
    EventStream stream(HttpAsked request, Script script);

    /**
     * How the provider says such an error; empty where it has none of that kind. Asked for {@code
     * INVALID_REQUEST CONTEXT_LENGTH_EXCEEDED CONTENT_FILTERED MODEL_NOT_FOUND RATE_LIMITED
     * OVERLOADED UPSTREAM_AUTHENTICATION UPSTREAM_ERROR}.
     */
    Optional<HttpAnswer> refusal(ErrorCode code, String message);

    /** How a stream that has begun says that the provider failed; empty where it cannot. */
    default Optional<byte[]> failure(String message) {
        return Optional.empty();
    }

    /** What a stream may carry that means nothing: keep-alives, events of types to come. */
    default List<byte[]> noise() {
        return List.of(
                ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8),
                "event: sparkle\ndata: {\"type\":\"sparkle\",\"of\":\"a later version\"}\n\n"
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Other streams that the provider has been seen to send for the very same answer, each under a
     * name that says what is odd about it.
     */
    default Map<String, EventStream> oddities(HttpAsked request, Script script) {
        return Map.of();
    }
}
