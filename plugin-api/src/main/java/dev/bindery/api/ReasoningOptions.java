package dev.bindery.api;

import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** How much the model shall think before it answers. */
@API(status = API.Status.STABLE, since = "1.0")
public final class ReasoningOptions {
    private final @Nullable ReasoningEffort effort;
    private final @Nullable Integer budgetTokens;
    private final boolean includeThoughts;

    private ReasoningOptions(Builder builder) {
        effort = builder.effort;
        budgetTokens = builder.budgetTokens;
        includeThoughts = builder.includeThoughts;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder() {
        return new Builder();
    }

    /** The measure in words. */
    public Optional<ReasoningEffort> effort() {
        return Optional.ofNullable(effort);
    }

    /** The measure in tokens; the answer's own tokens come on top. */
    public OptionalInt budgetTokens() {
        return budgetTokens == null ? OptionalInt.empty() : OptionalInt.of(budgetTokens);
    }

    /** Whether the caller wants to see the thoughts. */
    public boolean includeThoughts() {
        return includeThoughts;
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.effort = effort;
        builder.budgetTokens = budgetTokens;
        builder.includeThoughts = includeThoughts;
        return builder;
    }

    /**
     * Builds {@link ReasoningOptions}s; not for several threads. Each method sets what the accessor
     * of its name returns.
     */
    public static final class Builder {
        private @Nullable ReasoningEffort effort;
        private @Nullable Integer budgetTokens;
        private boolean includeThoughts = true;

        private Builder() {}

        public Builder effort(@Nullable ReasoningEffort effort) {
            this.effort = effort;
            return this;
        }

        public Builder budgetTokens(@Nullable Integer budgetTokens) {
            this.budgetTokens = budgetTokens;
            return this;
        }

        public Builder includeThoughts(boolean includeThoughts) {
            this.includeThoughts = includeThoughts;
            return this;
        }

        public ReasoningOptions build() {
            return new ReasoningOptions(this);
        }
    }
}
