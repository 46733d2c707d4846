package dev.bindery.api;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Where the time of one generation went, as far as the binding knows. */
@API(status = API.Status.STABLE, since = "1.0")
public final class Timings {
    private final @Nullable Duration load;
    private final @Nullable Duration prompt;
    private final @Nullable Duration generation;

    private Timings(Builder builder) {
        load = builder.load;
        prompt = builder.prompt;
        generation = builder.generation;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder() {
        return new Builder();
    }

    /** Loading the model; absent when it was loaded already. */
    public Optional<Duration> load() {
        return Optional.ofNullable(load);
    }

    /** Processing the prompt. */
    public Optional<Duration> prompt() {
        return Optional.ofNullable(prompt);
    }

    /** Generating the answer. */
    public Optional<Duration> generation() {
        return Optional.ofNullable(generation);
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.load = load;
        builder.prompt = prompt;
        builder.generation = generation;
        return builder;
    }

    /**
     * Builds {@link Timings}s; not for several threads. Each method sets what the accessor of its
     * name returns.
     */
    public static final class Builder {
        private @Nullable Duration load;
        private @Nullable Duration prompt;
        private @Nullable Duration generation;

        private Builder() {}

        public Builder load(@Nullable Duration load) {
            this.load = load;
            return this;
        }

        public Builder prompt(@Nullable Duration prompt) {
            this.prompt = prompt;
            return this;
        }

        public Builder generation(@Nullable Duration generation) {
            this.generation = generation;
            return this;
        }

        public Timings build() {
            return new Timings(this);
        }
    }
}
