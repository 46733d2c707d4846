package dev.bindery.server.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered: one form for everything that can go wrong, which each API then
 * tells in its own words. The message is for the client.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final boolean retriable;
    private final transient @Nullable String param;
    private final transient @Nullable Duration retryAfter;
    private final transient Map<String, String> headers;

    private Refusal(
            int status,
            String code,
            boolean retriable,
            String message,
            @Nullable String param,
            @Nullable Duration retryAfter,
            Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.retriable = retriable;
        this.param = param;
        this.retryAfter = retryAfter;
        this.headers = headers;
    }

    /**
     * @param code one of {@link ErrorCode}'s names, or in lower case what HTTP alone knows
     */
    public static Refusal of(int status, String code, String message) {
        return new Refusal(status, code, false, message, null, null, Map.of());
    }

    public static Refusal of(BindingException e) {
        ErrorCode code = e.code();
        return new Refusal(
                code.httpStatus(),
                code.name(),
                code.retriable(),
                e.getMessage() == null ? code.name() : e.getMessage(),
                null,
                e.retryAfter().orElse(null),
                Map.of());
    }

    /** A request that is wrong in itself. */
    public static Refusal invalid(String message) {
        return of(400, ErrorCode.INVALID_REQUEST.name(), message);
    }

    /** A field that is wrong: the message begins with its name. */
    public static Refusal invalid(String param, String problem) {
        return invalid(param + ": " + problem).about(param);
    }

    public static Refusal notFound(String method, String path) {
        return notFound(method, path, Optional.empty());
    }

    /**
     * @param near the path that was meant, perhaps
     */
    static Refusal notFound(String method, String path, Optional<String> near) {
        String hint = near.map(" (did you mean %s?)"::formatted).orElse("");
        return of(404, "not_found", "there is no %s %s%s".formatted(method, path, hint));
    }

    static Refusal wrongMethod(String method, String path, String allowed) {
        return of(
                        405,
                        "method_not_allowed",
                        "%s does not take %s; it takes %s".formatted(path, method, allowed))
                .with("Allow", allowed);
    }

    static Refusal tooLarge(long limit) {
        return of(413, "too_large", "the body is longer than %,d bytes".formatted(limit));
    }

    static Refusal forbidden(String message) {
        return of(403, "forbidden", message);
    }

    static Refusal internal() {
        return of(
                500,
                ErrorCode.INTERNAL.name(),
                "the server failed to handle this request; its log says why, under the request's"
                        + " id");
    }

    /** This refusal naming the field that it is about. */
    public Refusal about(String param) {
        return new Refusal(status, code, retriable, message(), param, retryAfter, headers);
    }

    /** This refusal with another header. */
    public Refusal with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Refusal(status, code, retriable, message(), param, retryAfter, more);
    }

    /** This refusal, which may be tried again after that time. */
    public Refusal retriableAfter(Duration time) {
        return new Refusal(status, code, true, message(), param, time, headers);
    }

    public int status() {
        return status;
    }

    /** One of {@link ErrorCode}'s names, or in lower case what HTTP alone knows. */
    public String code() {
        return code;
    }

    /** What is wrong; never null. */
    public String message() {
        String message = getMessage();
        return message == null ? code : message;
    }

    /** The field that is wrong: {@code messages[0].content}. */
    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    /** Whether the same request may succeed later. */
    public boolean retriable() {
        return retriable;
    }

    /** How long to wait; absent where nobody said. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    Map<String, String> headers() {
        return headers;
    }
}
