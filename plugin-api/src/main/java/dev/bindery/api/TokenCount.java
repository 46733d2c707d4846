package dev.bindery.api;

import org.apiguardian.api.API;

/**
 * How many tokens a request's input has.
 *
 * @param tokens the count, not negative
 * @param exact false for an estimate
 */
@API(status = API.Status.STABLE, since = "1.0")
public record TokenCount(long tokens, boolean exact) {
    public TokenCount {
        if (tokens < 0) {
            throw new IllegalArgumentException("a token count is not negative: " + tokens);
        }
    }

    /** A count by the model's own tokenizer. */
    public static TokenCount exactly(long tokens) {
        return new TokenCount(tokens, true);
    }

    /** An estimate. */
    public static TokenCount about(long tokens) {
        return new TokenCount(tokens, false);
    }
}
