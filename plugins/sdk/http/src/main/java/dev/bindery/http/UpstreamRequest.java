package dev.bindery.http;

import dev.bindery.api.Caller;
import dev.bindery.api.Cancellation;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.RetryBudget;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request to a provider. Immutable; prints neither its body nor a header's value. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class UpstreamRequest {
    private final String method;
    private final String path;
    private final byte @Nullable [] body;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final boolean encoded;
    private final boolean repeatable;
    private final boolean streamed;
    private final Cancellation cancellation;
    private final RetryBudget retries;
    private final @Nullable Long deadline;

    private UpstreamRequest(Builder builder) {
        method = builder.method;
        path = builder.path;
        body = builder.body;
        query = Collections.unmodifiableMap(new LinkedHashMap<>(builder.query));
        headers = Map.copyOf(builder.headers);
        encoded = builder.encoded;
        repeatable = builder.repeatable;
        streamed = builder.streamed;
        cancellation = builder.cancellation;
        retries = builder.retries;
        deadline = builder.deadline;
    }

    /**
     * Asks for something; may be sent again when no answer came.
     *
     * @param path what follows the base URL, such as {@code models}
     */
    public static Builder get(String path) {
        return new Builder("GET", path, null).repeatable(true);
    }

    /**
     * Sends JSON; is not sent again once the provider may have seen it.
     *
     * @param path what follows the base URL, such as {@code chat/completions}
     */
    public static Builder post(String path, JsonNode body) {
        return new Builder("POST", path, Json.bytes(body));
    }

    /**
     * Has something deleted that JSON names; is not sent again once the provider may have seen it.
     *
     * @param path what follows the base URL, such as {@code api/delete}
     */
    public static Builder delete(String path, JsonNode body) {
        return new Builder("DELETE", path, Json.bytes(body));
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    byte @Nullable [] body() {
        return body;
    }

    Map<String, String> query() {
        return query;
    }

    Map<String, String> headers() {
        return headers;
    }

    boolean encoded() {
        return encoded;
    }

    boolean repeatable() {
        return repeatable;
    }

    boolean streamed() {
        return streamed;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    RetryBudget retries() {
        return retries;
    }

    /** The time that is left, zero when it is over; absent when unlimited. */
    Optional<Duration> remaining() {
        return Optional.ofNullable(deadline)
                .map(end -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    /** Builds an {@link UpstreamRequest}; not for several threads. */
    public static final class Builder {
        private final String method;
        private final String path;
        private final byte @Nullable [] body;
        private final Map<String, String> query = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private boolean encoded;
        private boolean repeatable;
        private boolean streamed;
        private Cancellation cancellation = Cancellation.NONE;
        private RetryBudget retries = RetryBudget.UNLIMITED;
        private @Nullable Long deadline;

        private Builder(String method, String path, byte @Nullable [] body) {
            this.method = method;
            this.path = Objects.requireNonNull(path, "path");
            this.body = body;
        }

        /** A parameter of the address, after those of the base URL; never a secret. */
        public Builder query(String name, String value) {
            query.put(name, value);
            return this;
        }

        /**
         * A header of this request alone, such as a trace's id. Left out when it cannot be sent:
         * what a client wrote into it is no reason to fail.
         */
        public Builder header(String name, String value) {
            if (!value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                headers.put(name, value);
            }
            return this;
        }

        /** Whether the path is percent-encoded already; it is otherwise what it says. */
        public Builder encoded(boolean encoded) {
            this.encoded = encoded;
            return this;
        }

        /** Whether doing it twice does no harm: true for embeddings, false for a generation. */
        public Builder repeatable(boolean repeatable) {
            this.repeatable = repeatable;
            return this;
        }

        /** Whether the answer is read while it comes; it is then not compressed. */
        public Builder streamed(boolean streamed) {
            this.streamed = streamed;
            return this;
        }

        /** Who may call it off; the connection is then closed at once. */
        public Builder cancellation(Cancellation cancellation) {
            this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
            return this;
        }

        /**
         * How often the request that this serves may still be tried again; the upstream's own limit
         * holds beside it.
         */
        public Builder retries(RetryBudget retries) {
            this.retries = Objects.requireNonNull(retries, "retries");
            return this;
        }

        /** The time for all of it, tries and answer included, from now on; empty for no limit. */
        public Builder within(Optional<Duration> remaining) {
            deadline = remaining.map(time -> System.nanoTime() + time.toNanos()).orElse(null);
            return this;
        }

        /** Tells the provider whose request it is: a trace's id, the request's own. */
        public Builder caller(Caller caller) {
            caller.traceparent().ifPresent(trace -> header("traceparent", trace));
            return caller.equals(Caller.UNKNOWN)
                    ? this
                    : header("X-Client-Request-Id", caller.requestId());
        }

        /** An embedding's: harmless to do twice, called off and tried again as the request says. */
        public Builder on(EmbeddingRequest request) {
            return caller(request.caller())
                    .repeatable(true)
                    .cancellation(request.cancellation())
                    .within(request.remaining())
                    .retries(request.retries());
        }

        /** Streams, ends and is called off as the generation that it is for. */
        public Builder on(GenerationRequest request) {
            return caller(request.caller())
                    .streamed(request.streaming())
                    .cancellation(request.cancellation())
                    .within(request.remaining())
                    .retries(request.retries());
        }

        public UpstreamRequest build() {
            return new UpstreamRequest(this);
        }
    }
}
