package dev.bindery.api;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What went wrong, in terms that every API of the host can express.
 *
 * <p>The set grows: compare with the constants, and expect codes that you do not know.
 *
 * @param name the name on the wire, upper case
 * @param httpStatus the status that it has over HTTP, 400 to 599
 * @param retriable whether the same request may succeed when it is sent again
 */
@API(status = API.Status.STABLE, since = "1.0")
public record ErrorCode(String name, int httpStatus, boolean retriable) {
    /** The request is wrong in itself. */
    public static final ErrorCode INVALID_REQUEST = new ErrorCode("INVALID_REQUEST", 400, false);

    /** Prompt and answer do not fit into the model's context. */
    public static final ErrorCode CONTEXT_LENGTH_EXCEEDED =
            new ErrorCode("CONTEXT_LENGTH_EXCEEDED", 400, false);

    /** This model or binding cannot do what is asked. */
    public static final ErrorCode UNSUPPORTED = new ErrorCode("UNSUPPORTED", 400, false);

    /** The provider refuses the content. */
    public static final ErrorCode CONTENT_FILTERED = new ErrorCode("CONTENT_FILTERED", 400, false);

    /** There is no such model. */
    public static final ErrorCode MODEL_NOT_FOUND = new ErrorCode("MODEL_NOT_FOUND", 404, false);

    /** Too many requests for the account; see {@link BindingException#retryAfter()}. */
    public static final ErrorCode RATE_LIMITED = new ErrorCode("RATE_LIMITED", 429, true);

    /** No capacity at the moment. */
    public static final ErrorCode OVERLOADED = new ErrorCode("OVERLOADED", 429, true);

    /** The caller stopped it. */
    public static final ErrorCode CANCELLED = new ErrorCode("CANCELLED", 499, false);

    /** A defect of the binding or the host. */
    public static final ErrorCode INTERNAL = new ErrorCode("INTERNAL", 500, false);

    /** The provider refuses the key of the instance; the client's own key is not at fault. */
    public static final ErrorCode UPSTREAM_AUTHENTICATION =
            new ErrorCode("UPSTREAM_AUTHENTICATION", 502, false);

    /** The provider failed, or answered what cannot be understood. */
    public static final ErrorCode UPSTREAM_ERROR = new ErrorCode("UPSTREAM_ERROR", 502, true);

    /** A setting that is needed has no value. */
    public static final ErrorCode NOT_CONFIGURED = new ErrorCode("NOT_CONFIGURED", 503, false);

    /** The provider cannot be reached. */
    public static final ErrorCode UPSTREAM_UNAVAILABLE =
            new ErrorCode("UPSTREAM_UNAVAILABLE", 503, true);

    /** A limit of time was reached. */
    public static final ErrorCode TIMEOUT = new ErrorCode("TIMEOUT", 504, true);

    private static final List<ErrorCode> KNOWN =
            List.of(
                    INVALID_REQUEST,
                    CONTEXT_LENGTH_EXCEEDED,
                    UNSUPPORTED,
                    CONTENT_FILTERED,
                    MODEL_NOT_FOUND,
                    RATE_LIMITED,
                    OVERLOADED,
                    CANCELLED,
                    INTERNAL,
                    UPSTREAM_AUTHENTICATION,
                    UPSTREAM_ERROR,
                    NOT_CONFIGURED,
                    UPSTREAM_UNAVAILABLE,
                    TIMEOUT);

    public ErrorCode {
        Objects.requireNonNull(name, "name");
        if (httpStatus < 400 || httpStatus > 599) {
            throw new IllegalArgumentException("an error's status is 400 to 599: " + httpStatus);
        }
    }

    /** The codes of this version of the contract. */
    public static List<ErrorCode> known() {
        return KNOWN;
    }

    /** The code of that name; one this version does not know has status 500, not retriable. */
    public static ErrorCode of(String name) {
        return KNOWN.stream()
                .filter(code -> code.name.equals(name))
                .findFirst()
                .orElseGet(() -> new ErrorCode(name, 500, false));
    }

    @Override
    public String toString() {
        return name;
    }
}
