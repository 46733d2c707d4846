package dev.bindery.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The vectors of one batch. */
@API(status = API.Status.STABLE, since = "1.0")
public final class EmbeddingResult {
    private final List<float[]> vectors;
    private final @Nullable Usage usage;

    private EmbeddingResult(Builder builder) {
        vectors = List.copyOf(builder.vectors);
        usage = builder.usage;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(List<float[]> vectors) {
        return new Builder(vectors);
    }

    /** Vectors without token counts. */
    public static EmbeddingResult of(List<float[]> vectors) {
        return builder(vectors).build();
    }

    /** One vector for each input, in their order. */
    public List<float[]> vectors() {
        return vectors;
    }

    /** Token counts; absent when unknown. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(vectors);
        builder.usage = usage;
        return builder;
    }

    /**
     * Builds {@link EmbeddingResult}s; not for several threads. Each method sets what the accessor
     * of its name returns.
     */
    public static final class Builder {
        private List<float[]> vectors;
        private @Nullable Usage usage;

        private Builder(List<float[]> vectors) {
            this.vectors = Objects.requireNonNull(vectors, "vectors");
        }

        public Builder vectors(List<float[]> vectors) {
            this.vectors = Objects.requireNonNull(vectors, "vectors");
            return this;
        }

        public Builder usage(@Nullable Usage usage) {
            this.usage = usage;
            return this;
        }

        public EmbeddingResult build() {
            return new EmbeddingResult(this);
        }
    }
}
