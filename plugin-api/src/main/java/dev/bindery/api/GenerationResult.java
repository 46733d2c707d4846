package dev.bindery.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a generation came to. The text of each candidate equals what its operations add up to; the
 * host reports a binding whose two differ.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class GenerationResult {
    private final List<Candidate> candidates;
    private final @Nullable Usage usage;
    private final @Nullable Timings timings;
    private final JsonObject metadata;

    private GenerationResult(Builder builder) {
        candidates = builder.candidates;
        usage = builder.usage;
        timings = builder.timings;
        metadata = builder.metadata;
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("a result has at least one candidate");
        }
    }

    /** A builder with defaults for everything else. */
    public static Builder builder() {
        return new Builder();
    }

    /** One answer that ended by itself. */
    public static GenerationResult of(String text) {
        return of(text, FinishReason.STOP);
    }

    /** One answer of that text. */
    public static GenerationResult of(String text, FinishReason finishReason) {
        return of(Candidate.of(text, finishReason));
    }

    /** One answer. */
    public static GenerationResult of(Candidate candidate) {
        return builder().candidates(List.of(candidate)).build();
    }

    /** The answers, at least one. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** Token counts; absent when unknown. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** Where the time went; absent when unknown. */
    public Optional<Timings> timings() {
        return Optional.ofNullable(timings);
    }

    /** What else the provider said. */
    public JsonObject metadata() {
        return metadata;
    }

    /** The first candidate, in most requests the only one. */
    public Candidate first() {
        return candidates.getFirst();
    }

    /** The first candidate's text. */
    public String text() {
        return first().text();
    }

    /** This result with those token counts; null for none. */
    public GenerationResult withUsage(@Nullable Usage usage) {
        return toBuilder().usage(usage).build();
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.candidates = candidates;
        builder.usage = usage;
        builder.timings = timings;
        builder.metadata = metadata;
        return builder;
    }

    /**
     * Builds {@link GenerationResult}s; not for several threads. Each method sets what the accessor
     * of its name returns.
     */
    public static final class Builder {
        private List<Candidate> candidates = List.of();
        private @Nullable Usage usage;
        private @Nullable Timings timings;
        private JsonObject metadata = JsonObject.EMPTY;

        private Builder() {}

        public Builder candidates(List<Candidate> candidates) {
            this.candidates = List.copyOf(candidates);
            return this;
        }

        public Builder usage(@Nullable Usage usage) {
            this.usage = usage;
            return this;
        }

        public Builder timings(@Nullable Timings timings) {
            this.timings = timings;
            return this;
        }

        public Builder metadata(JsonObject metadata) {
            this.metadata = Objects.requireNonNull(metadata, "metadata");
            return this;
        }

        public GenerationResult build() {
            return new GenerationResult(this);
        }
    }
}
