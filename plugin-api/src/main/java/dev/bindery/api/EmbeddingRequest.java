package dev.bindery.api;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A batch of texts to be turned into vectors. Immutable. */
@API(status = API.Status.STABLE, since = "1.0")
public final class EmbeddingRequest {
    private final String model;
    private final List<EmbeddingInput> inputs;
    private final @Nullable EmbeddingPurpose purpose;
    private final @Nullable Integer dimensions;
    private final boolean truncate;
    private final @Nullable Duration keepAlive;
    private final JsonObject parameters;
    private final Caller caller;
    private final Cancellation cancellation;
    private final RetryBudget retries;
    private final @Nullable Long deadline;

    private EmbeddingRequest(Builder builder) {
        model = builder.model;
        inputs = List.copyOf(builder.inputs);
        purpose = builder.purpose;
        dimensions = builder.dimensions;
        truncate = builder.truncate;
        keepAlive = builder.keepAlive;
        parameters = builder.parameters;
        caller = builder.caller;
        cancellation = builder.cancellation;
        retries = builder.retries;
        deadline = builder.deadline;
        if (dimensions != null && dimensions < 1) {
            throw new IllegalArgumentException("at least one dimension, not " + dimensions);
        }
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String model, List<EmbeddingInput> inputs) {
        return new Builder(model, inputs);
    }

    /** A request for these texts, with defaults for the rest. */
    public static EmbeddingRequest of(String model, List<String> texts) {
        return builder(model, texts.stream().map(EmbeddingInput::of).toList()).build();
    }

    /** The model's name as the binding lists it. */
    public String model() {
        return model;
    }

    /** The texts; the result has one vector for each, in this order. */
    public List<EmbeddingInput> inputs() {
        return inputs;
    }

    /** What the vectors are for. */
    public Optional<EmbeddingPurpose> purpose() {
        return Optional.ofNullable(purpose);
    }

    /** The length of the vectors, at least 1; absent for the model's own. */
    public OptionalInt dimensions() {
        return dimensions == null ? OptionalInt.empty() : OptionalInt.of(dimensions);
    }

    /** Whether a text that is too long is cut; otherwise it is an error. */
    public boolean truncate() {
        return truncate;
    }

    /** How long the model shall stay loaded after this; negative for ever. */
    public Optional<Duration> keepAlive() {
        return Optional.ofNullable(keepAlive);
    }

    /** What the client sent beyond all this, under the dialect that it came in by. */
    public JsonObject parameters() {
        return parameters;
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    /** Whether the caller has gone. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** How often this may still be tried again, by all layers together. */
    public RetryBudget retries() {
        return retries;
    }

    /** The time that is left for this request, zero when it is over; absent when unlimited. */
    public Optional<Duration> remaining() {
        return Optional.ofNullable(deadline)
                .map(end -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(model, inputs);
        builder.purpose = purpose;
        builder.dimensions = dimensions;
        builder.truncate = truncate;
        builder.keepAlive = keepAlive;
        builder.parameters = parameters;
        builder.caller = caller;
        builder.cancellation = cancellation;
        builder.retries = retries;
        builder.deadline = deadline;
        return builder;
    }

    /**
     * Builds {@link EmbeddingRequest}s; not for several threads. Each method sets what the accessor
     * of its name returns.
     */
    public static final class Builder {
        private String model;
        private List<EmbeddingInput> inputs;
        private @Nullable EmbeddingPurpose purpose;
        private @Nullable Integer dimensions;
        private boolean truncate = true;
        private @Nullable Duration keepAlive;
        private JsonObject parameters = JsonObject.EMPTY;
        private Caller caller = Caller.UNKNOWN;
        private Cancellation cancellation = Cancellation.NONE;
        private RetryBudget retries = RetryBudget.UNLIMITED;
        private @Nullable Long deadline;

        private Builder(String model, List<EmbeddingInput> inputs) {
            this.model = Objects.requireNonNull(model, "model");
            this.inputs = Objects.requireNonNull(inputs, "inputs");
        }

        public Builder model(String model) {
            this.model = Objects.requireNonNull(model, "model");
            return this;
        }

        public Builder inputs(List<EmbeddingInput> inputs) {
            this.inputs = Objects.requireNonNull(inputs, "inputs");
            return this;
        }

        public Builder purpose(@Nullable EmbeddingPurpose purpose) {
            this.purpose = purpose;
            return this;
        }

        public Builder dimensions(@Nullable Integer dimensions) {
            this.dimensions = dimensions;
            return this;
        }

        public Builder truncate(boolean truncate) {
            this.truncate = truncate;
            return this;
        }

        public Builder keepAlive(@Nullable Duration keepAlive) {
            this.keepAlive = keepAlive;
            return this;
        }

        public Builder parameters(JsonObject parameters) {
            this.parameters = Objects.requireNonNull(parameters, "parameters");
            return this;
        }

        public Builder caller(Caller caller) {
            this.caller = Objects.requireNonNull(caller, "caller");
            return this;
        }

        public Builder cancellation(Cancellation cancellation) {
            this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
            return this;
        }

        public Builder retries(RetryBudget retries) {
            this.retries = Objects.requireNonNull(retries, "retries");
            return this;
        }

        /** The time that the request may take from now on; null for no limit. */
        public Builder timeLimit(@Nullable Duration limit) {
            deadline = limit == null ? null : System.nanoTime() + limit.toNanos();
            return this;
        }

        public EmbeddingRequest build() {
            return new EmbeddingRequest(this);
        }
    }
}
