package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The form that the answer must have. Expect kinds that you do not know. */
@API(status = API.Status.STABLE, since = "1.0")
public final class ResponseFormat {
    private final String kind;
    private final @Nullable String name;
    private final @Nullable String description;
    private final @Nullable JsonObject schema;
    private final boolean strict;

    private ResponseFormat(Builder builder) {
        kind = builder.kind;
        name = builder.name;
        description = builder.description;
        schema = builder.schema;
        strict = builder.strict;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String kind) {
        return new Builder(kind);
    }

    /** Free text. */
    public static final ResponseFormat TEXT = builder("text").build();

    /** One JSON value. */
    public static final ResponseFormat JSON = builder("json").build();

    /** One JSON value that follows the schema. */
    public static ResponseFormat jsonSchema(String name, JsonObject schema) {
        return builder("json_schema").name(name).schema(schema).build();
    }

    /** text, json or json_schema. */
    public String kind() {
        return kind;
    }

    /** The schema's name. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** What the schema is for, for the model. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** The JSON schema, for kind json_schema. */
    public Optional<JsonObject> schema() {
        return Optional.ofNullable(schema);
    }

    /** Whether the answer must follow the schema exactly. */
    public boolean strict() {
        return strict;
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(kind);
        builder.name = name;
        builder.description = description;
        builder.schema = schema;
        builder.strict = strict;
        return builder;
    }

    /**
     * Builds {@link ResponseFormat}s; not for several threads. Each method sets what the accessor
     * of its name returns.
     */
    public static final class Builder {
        private String kind;
        private @Nullable String name;
        private @Nullable String description;
        private @Nullable JsonObject schema;
        private boolean strict = false;

        private Builder(String kind) {
            this.kind = Objects.requireNonNull(kind, "kind");
        }

        public Builder kind(String kind) {
            this.kind = Objects.requireNonNull(kind, "kind");
            return this;
        }

        public Builder name(@Nullable String name) {
            this.name = name;
            return this;
        }

        public Builder description(@Nullable String description) {
            this.description = description;
            return this;
        }

        public Builder schema(@Nullable JsonObject schema) {
            this.schema = schema;
            return this;
        }

        public Builder strict(boolean strict) {
            this.strict = strict;
            return this;
        }

        public ResponseFormat build() {
            return new ResponseFormat(this);
        }
    }
}
