package dev.bindery.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A model that is in memory now. */
@API(status = API.Status.STABLE, since = "1.0")
public final class LoadedModel {
    private final String name;
    private final @Nullable Long memoryBytes;
    private final @Nullable Integer contextLength;
    private final @Nullable Instant expires;

    private LoadedModel(Builder builder) {
        name = builder.name;
        memoryBytes = builder.memoryBytes;
        contextLength = builder.contextLength;
        expires = builder.expires;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** A loaded model of which only the name is known. */
    public static LoadedModel of(String name) {
        return builder(name).build();
    }

    /** The model's name as the binding lists it. */
    public String name() {
        return name;
    }

    /** The memory that it takes, in bytes, as far as known. */
    public OptionalLong memoryBytes() {
        return memoryBytes == null ? OptionalLong.empty() : OptionalLong.of(memoryBytes);
    }

    /** The context that it was loaded with, in tokens. */
    public OptionalInt contextLength() {
        return contextLength == null ? OptionalInt.empty() : OptionalInt.of(contextLength);
    }

    /** When it is freed if nobody uses it; absent for never or unknown. */
    public Optional<Instant> expires() {
        return Optional.ofNullable(expires);
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(name);
        builder.memoryBytes = memoryBytes;
        builder.contextLength = contextLength;
        builder.expires = expires;
        return builder;
    }

    /**
     * Builds {@link LoadedModel}s; not for several threads. Each method sets what the accessor of
     * its name returns.
     */
    public static final class Builder {
        private String name;
        private @Nullable Long memoryBytes;
        private @Nullable Integer contextLength;
        private @Nullable Instant expires;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        public Builder memoryBytes(@Nullable Long memoryBytes) {
            this.memoryBytes = memoryBytes;
            return this;
        }

        public Builder contextLength(@Nullable Integer contextLength) {
            this.contextLength = contextLength;
            return this;
        }

        public Builder expires(@Nullable Instant expires) {
            this.expires = expires;
            return this;
        }

        public LoadedModel build() {
            return new LoadedModel(this);
        }
    }
}
