package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Who asks, as far as the host knows and tells. For logs and for headers to the provider. */
@API(status = API.Status.STABLE, since = "1.0")
public final class Caller {
    private final String requestId;
    private final @Nullable String traceparent;
    private final @Nullable String keyName;
    private final @Nullable String session;

    private Caller(Builder builder) {
        requestId = builder.requestId;
        traceparent = builder.traceparent;
        keyName = builder.keyName;
        session = builder.session;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String requestId) {
        return new Builder(requestId);
    }

    /** A caller of which nothing is known. */
    public static final Caller UNKNOWN = builder("unknown").build();

    /** The request's id; the client sees the same one. */
    public String requestId() {
        return requestId;
    }

    /** The W3C trace context of the request. */
    public Optional<String> traceparent() {
        return Optional.ofNullable(traceparent);
    }

    /** The name of the API key that was used; never the key. */
    public Optional<String> keyName() {
        return Optional.ofNullable(keyName);
    }

    /** What groups the requests of one conversation, where the client says so. */
    public Optional<String> session() {
        return Optional.ofNullable(session);
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(requestId);
        builder.traceparent = traceparent;
        builder.keyName = keyName;
        builder.session = session;
        return builder;
    }

    /**
     * Builds {@link Caller}s; not for several threads. Each method sets what the accessor of its
     * name returns.
     */
    public static final class Builder {
        private String requestId;
        private @Nullable String traceparent;
        private @Nullable String keyName;
        private @Nullable String session;

        private Builder(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
        }

        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        public Builder traceparent(@Nullable String traceparent) {
            this.traceparent = traceparent;
            return this;
        }

        public Builder keyName(@Nullable String keyName) {
            this.keyName = keyName;
            return this;
        }

        public Builder session(@Nullable String session) {
            this.session = session;
            return this;
        }

        public Caller build() {
            return new Caller(this);
        }
    }
}
