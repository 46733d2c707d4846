package dev.bindery.api;

import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Token counts of one request. What is unknown is absent, never 0.
 *
 * <p>The input total includes what was read from a cache; the output total includes reasoning.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class Usage {
    private final @Nullable Long inputTokens;
    private final @Nullable Long cacheReadTokens;
    private final @Nullable Long cacheWriteTokens;
    private final @Nullable Long outputTokens;
    private final @Nullable Long reasoningTokens;

    private Usage(Builder builder) {
        inputTokens = builder.inputTokens;
        cacheReadTokens = builder.cacheReadTokens;
        cacheWriteTokens = builder.cacheWriteTokens;
        outputTokens = builder.outputTokens;
        reasoningTokens = builder.reasoningTokens;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder() {
        return new Builder();
    }

    /** Both totals, and nothing else. */
    public static Usage of(long inputTokens, long outputTokens) {
        return builder().inputTokens(inputTokens).outputTokens(outputTokens).build();
    }

    /** Tokens of the prompt, including cached ones. */
    public OptionalLong inputTokens() {
        return inputTokens == null ? OptionalLong.empty() : OptionalLong.of(inputTokens);
    }

    /** Those of the input that were read from the provider's cache. */
    public OptionalLong cacheReadTokens() {
        return cacheReadTokens == null ? OptionalLong.empty() : OptionalLong.of(cacheReadTokens);
    }

    /** Those of the input that were written to the provider's cache. */
    public OptionalLong cacheWriteTokens() {
        return cacheWriteTokens == null ? OptionalLong.empty() : OptionalLong.of(cacheWriteTokens);
    }

    /** Tokens of the answer, including reasoning. */
    public OptionalLong outputTokens() {
        return outputTokens == null ? OptionalLong.empty() : OptionalLong.of(outputTokens);
    }

    /** Those of the output that were reasoning. */
    public OptionalLong reasoningTokens() {
        return reasoningTokens == null ? OptionalLong.empty() : OptionalLong.of(reasoningTokens);
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.inputTokens = inputTokens;
        builder.cacheReadTokens = cacheReadTokens;
        builder.cacheWriteTokens = cacheWriteTokens;
        builder.outputTokens = outputTokens;
        builder.reasoningTokens = reasoningTokens;
        return builder;
    }

    /**
     * Builds {@link Usage}s; not for several threads. Each method sets what the accessor of its
     * name returns.
     */
    public static final class Builder {
        private @Nullable Long inputTokens;
        private @Nullable Long cacheReadTokens;
        private @Nullable Long cacheWriteTokens;
        private @Nullable Long outputTokens;
        private @Nullable Long reasoningTokens;

        private Builder() {}

        public Builder inputTokens(@Nullable Long inputTokens) {
            this.inputTokens = inputTokens;
            return this;
        }

        public Builder cacheReadTokens(@Nullable Long cacheReadTokens) {
            this.cacheReadTokens = cacheReadTokens;
            return this;
        }

        public Builder cacheWriteTokens(@Nullable Long cacheWriteTokens) {
            this.cacheWriteTokens = cacheWriteTokens;
            return this;
        }

        public Builder outputTokens(@Nullable Long outputTokens) {
            this.outputTokens = outputTokens;
            return this;
        }

        public Builder reasoningTokens(@Nullable Long reasoningTokens) {
            this.reasoningTokens = reasoningTokens;
            return this;
        }

        public Usage build() {
            return new Usage(this);
        }
    }
}
