package dev.bindery.api;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How the next token is chosen. What is absent is the model's or the provider's default; a binding
 * leaves out what its provider does not know.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class Sampling {
    private final @Nullable Double temperature;
    private final @Nullable Double topP;
    private final @Nullable Integer topK;
    private final @Nullable Double minP;
    private final @Nullable Double repeatPenalty;
    private final @Nullable Integer repeatLastN;
    private final @Nullable Double presencePenalty;
    private final @Nullable Double frequencyPenalty;
    private final @Nullable Long seed;
    private final List<String> stop;

    private Sampling(Builder builder) {
        temperature = builder.temperature;
        topP = builder.topP;
        topK = builder.topK;
        minP = builder.minP;
        repeatPenalty = builder.repeatPenalty;
        repeatLastN = builder.repeatLastN;
        presencePenalty = builder.presencePenalty;
        frequencyPenalty = builder.frequencyPenalty;
        seed = builder.seed;
        stop = builder.stop;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder() {
        return new Builder();
    }

    /** Nothing but defaults. */
    public static final Sampling DEFAULTS = builder().build();

    /** 0 is greedy; usually up to 2. */
    public OptionalDouble temperature() {
        return temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature);
    }

    /** Nucleus sampling: 0 to 1. */
    public OptionalDouble topP() {
        return topP == null ? OptionalDouble.empty() : OptionalDouble.of(topP);
    }

    /** Only the k likeliest tokens. */
    public OptionalInt topK() {
        return topK == null ? OptionalInt.empty() : OptionalInt.of(topK);
    }

    /** Only tokens at least this likely relative to the likeliest: 0 to 1. */
    public OptionalDouble minP() {
        return minP == null ? OptionalDouble.empty() : OptionalDouble.of(minP);
    }

    /** Factor against repetition; 1 is none. */
    public OptionalDouble repeatPenalty() {
        return repeatPenalty == null ? OptionalDouble.empty() : OptionalDouble.of(repeatPenalty);
    }

    /** How many tokens back repetition counts; -1 for the whole context. */
    public OptionalInt repeatLastN() {
        return repeatLastN == null ? OptionalInt.empty() : OptionalInt.of(repeatLastN);
    }

    /** Against tokens that occurred at all: -2 to 2. */
    public OptionalDouble presencePenalty() {
        return presencePenalty == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(presencePenalty);
    }

    /** Against tokens by how often they occurred: -2 to 2. */
    public OptionalDouble frequencyPenalty() {
        return frequencyPenalty == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(frequencyPenalty);
    }

    /** Same seed, same answer, as far as the provider can. */
    public OptionalLong seed() {
        return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    }

    /** Texts at which the answer ends; they are not part of it. */
    public List<String> stop() {
        return stop;
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.temperature = temperature;
        builder.topP = topP;
        builder.topK = topK;
        builder.minP = minP;
        builder.repeatPenalty = repeatPenalty;
        builder.repeatLastN = repeatLastN;
        builder.presencePenalty = presencePenalty;
        builder.frequencyPenalty = frequencyPenalty;
        builder.seed = seed;
        builder.stop = stop;
        return builder;
    }

    /**
     * Builds {@link Sampling}s; not for several threads. Each method sets what the accessor of its
     * name returns.
     */
    public static final class Builder {
        private @Nullable Double temperature;
        private @Nullable Double topP;
        private @Nullable Integer topK;
        private @Nullable Double minP;
        private @Nullable Double repeatPenalty;
        private @Nullable Integer repeatLastN;
        private @Nullable Double presencePenalty;
        private @Nullable Double frequencyPenalty;
        private @Nullable Long seed;
        private List<String> stop = List.of();

        private Builder() {}

        public Builder temperature(@Nullable Double temperature) {
            this.temperature = temperature;
            return this;
        }

        public Builder topP(@Nullable Double topP) {
            this.topP = topP;
            return this;
        }

        public Builder topK(@Nullable Integer topK) {
            this.topK = topK;
            return this;
        }

        public Builder minP(@Nullable Double minP) {
            this.minP = minP;
            return this;
        }

        public Builder repeatPenalty(@Nullable Double repeatPenalty) {
            this.repeatPenalty = repeatPenalty;
            return this;
        }

        public Builder repeatLastN(@Nullable Integer repeatLastN) {
            this.repeatLastN = repeatLastN;
            return this;
        }

        public Builder presencePenalty(@Nullable Double presencePenalty) {
            this.presencePenalty = presencePenalty;
            return this;
        }

        public Builder frequencyPenalty(@Nullable Double frequencyPenalty) {
            this.frequencyPenalty = frequencyPenalty;
            return this;
        }

        public Builder seed(@Nullable Long seed) {
            this.seed = seed;
            return this;
        }

        public Builder stop(List<String> stop) {
            this.stop = List.copyOf(stop);
            return this;
        }

        public Sampling build() {
            return new Sampling(this);
        }
    }
}
