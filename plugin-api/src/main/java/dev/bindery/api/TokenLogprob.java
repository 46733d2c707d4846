package dev.bindery.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The log probability of one token of an answer, and of those that could have stood there. */
@API(status = API.Status.STABLE, since = "1.0")
public final class TokenLogprob {
    private final String token;
    private final double logprob;
    private final byte @Nullable [] bytes;
    private final List<TokenLogprob> alternatives;

    private TokenLogprob(Builder builder) {
        token = builder.token;
        logprob = builder.logprob;
        bytes = builder.bytes;
        alternatives = builder.alternatives;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String token, double logprob) {
        return new Builder(token, logprob);
    }

    /** The token's text; may be part of a character, then {@link #bytes()} tells. */
    public String token() {
        return token;
    }

    /** Natural logarithm of the probability, at most 0. */
    public double logprob() {
        return logprob;
    }

    /** The token's UTF-8 bytes; a copy. */
    public Optional<byte[]> bytes() {
        return Optional.ofNullable(bytes).map(byte[]::clone);
    }

    /** The likeliest tokens of this place, likeliest first. */
    public List<TokenLogprob> alternatives() {
        return alternatives;
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(token, logprob);
        builder.bytes = bytes;
        builder.alternatives = alternatives;
        return builder;
    }

    /**
     * Builds {@link TokenLogprob}s; not for several threads. Each method sets what the accessor of
     * its name returns.
     */
    public static final class Builder {
        private String token;
        private double logprob;
        private byte @Nullable [] bytes;
        private List<TokenLogprob> alternatives = List.of();

        private Builder(String token, double logprob) {
            this.token = Objects.requireNonNull(token, "token");
            this.logprob = logprob;
        }

        public Builder token(String token) {
            this.token = Objects.requireNonNull(token, "token");
            return this;
        }

        public Builder logprob(double logprob) {
            this.logprob = logprob;
            return this;
        }

        public Builder bytes(byte @Nullable [] bytes) {
            this.bytes = bytes == null ? null : bytes.clone();
            return this;
        }

        public Builder alternatives(List<TokenLogprob> alternatives) {
            this.alternatives = List.copyOf(alternatives);
            return this;
        }

        public TokenLogprob build() {
            return new TokenLogprob(this);
        }
    }
}
