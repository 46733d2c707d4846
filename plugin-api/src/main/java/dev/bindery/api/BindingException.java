package dev.bindery.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a code that clients can act on. The message is shown to the client: say what was
 * found, what was expected and what to do, and never put a secret into it.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class BindingException extends RuntimeException {
    private final ErrorCode code;
    private final transient @Nullable Duration retryAfter;
    private final transient @Nullable Integer upstreamStatus;
    private final transient @Nullable Usage usage;

    /** A failure of this binding's own. */
    public BindingException(ErrorCode code, String message) {
        this(builder(code, message));
    }

    /** A failure with what led to it; the cause goes to the log, never to the client. */
    public BindingException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(builder(code, message).cause(cause));
    }

    private BindingException(Builder builder) {
        super(builder.message, builder.cause);
        code = builder.code;
        retryAfter = builder.retryAfter;
        upstreamStatus = builder.upstreamStatus;
        usage = builder.usage;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(ErrorCode code, String message) {
        return new Builder(code, message);
    }

    /** {@link ErrorCode#INVALID_REQUEST}. */
    public static BindingException invalidRequest(String message) {
        return new BindingException(ErrorCode.INVALID_REQUEST, message);
    }

    /** {@link ErrorCode#UNSUPPORTED}. */
    public static BindingException unsupported(String message) {
        return new BindingException(ErrorCode.UNSUPPORTED, message);
    }

    /** {@link ErrorCode#MODEL_NOT_FOUND}; name what there is. */
    public static BindingException modelNotFound(String message) {
        return new BindingException(ErrorCode.MODEL_NOT_FOUND, message);
    }

    /** {@link ErrorCode#CANCELLED}. */
    public static BindingException cancelled() {
        return new BindingException(ErrorCode.CANCELLED, "the request was cancelled");
    }

    /** What went wrong. */
    public ErrorCode code() {
        return code;
    }

    /** How long to wait before the next try; absent where the provider did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The provider's own HTTP status, where there was one. */
    public OptionalInt upstreamStatus() {
        return upstreamStatus == null ? OptionalInt.empty() : OptionalInt.of(upstreamStatus);
    }

    /** What the failed request has used up all the same, where that is known. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** The same with the token counts that are known of the request; itself for null. */
    public BindingException withUsage(@Nullable Usage known) {
        if (known == null) {
            return this;
        }
        Builder copy =
                builder(code, String.valueOf(getMessage()))
                        .cause(this)
                        .retryAfter(retryAfter)
                        .upstreamStatus(upstreamStatus)
                        .usage(known);
        return copy.build();
    }

    /**
     * Builds {@link BindingException}s; not for several threads. Each method sets what the accessor
     * of its name returns.
     */
    public static final class Builder {
        private final ErrorCode code;
        private final String message;
        private @Nullable Throwable cause;
        private @Nullable Duration retryAfter;
        private @Nullable Integer upstreamStatus;
        private @Nullable Usage usage;

        private Builder(ErrorCode code, String message) {
            this.code = Objects.requireNonNull(code, "code");
            this.message = Objects.requireNonNull(message, "message");
        }

        public Builder cause(@Nullable Throwable cause) {
            this.cause = cause;
            return this;
        }

        public Builder retryAfter(@Nullable Duration retryAfter) {
            this.retryAfter = retryAfter;
            return this;
        }

        public Builder upstreamStatus(@Nullable Integer status) {
            this.upstreamStatus = status;
            return this;
        }

        public Builder usage(@Nullable Usage usage) {
            this.usage = usage;
            return this;
        }

        public BindingException build() {
            return new BindingException(this);
        }
    }
}
