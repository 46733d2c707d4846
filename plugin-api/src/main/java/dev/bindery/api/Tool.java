package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A function that the model may ask to be called. */
@API(status = API.Status.STABLE, since = "1.0")
public final class Tool {
    private final String name;
    private final @Nullable String description;
    private final JsonObject parameters;
    private final boolean strict;
    private final @Nullable CacheHint cacheHint;

    private Tool(Builder builder) {
        name = builder.name;
        description = builder.description;
        parameters = builder.parameters;
        strict = builder.strict;
        cacheHint = builder.cacheHint;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The function's name: letters, digits, underscore, hyphen. */
    public String name() {
        return name;
    }

    /** What it does and when to use it, for the model. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** The JSON schema of its arguments. */
    public JsonObject parameters() {
        return parameters;
    }

    /** Whether the arguments must follow the schema exactly. */
    public boolean strict() {
        return strict;
    }

    /** The wish that the provider caches the tools up to this one. */
    public Optional<CacheHint> cacheHint() {
        return Optional.ofNullable(cacheHint);
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(name);
        builder.description = description;
        builder.parameters = parameters;
        builder.strict = strict;
        builder.cacheHint = cacheHint;
        return builder;
    }

    /**
     * Builds {@link Tool}s; not for several threads. Each method sets what the accessor of its name
     * returns.
     */
    public static final class Builder {
        private String name;
        private @Nullable String description;
        private JsonObject parameters = JsonObject.EMPTY;
        private boolean strict = false;
        private @Nullable CacheHint cacheHint;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        public Builder description(@Nullable String description) {
            this.description = description;
            return this;
        }

        public Builder parameters(JsonObject parameters) {
            this.parameters = Objects.requireNonNull(parameters, "parameters");
            return this;
        }

        public Builder strict(boolean strict) {
            this.strict = strict;
            return this;
        }

        public Builder cacheHint(@Nullable CacheHint cacheHint) {
            this.cacheHint = cacheHint;
            return this;
        }

        public Tool build() {
            return new Tool(this);
        }
    }
}
