package dev.bindery.host;

/**
 * A change that the host refuses, or cannot make. The message says what was found, what was
 * expected and what to do; the state of the host is as it was before.
 */
public final class HostException extends RuntimeException {
    private final Kind kind;

    public HostException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public HostException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public static HostException invalid(String message) {
        return new HostException(Kind.INVALID, message);
    }

    public static HostException notFound(String message) {
        return new HostException(Kind.NOT_FOUND, message);
    }

    /** What sort of refusal. */
    public enum Kind {
        /** What was asked is wrong in itself. */
        INVALID,
        /** What it is about is not there. */
        NOT_FOUND,
        /** It does not fit the present state. */
        CONFLICT,
        /** The host could not do it. */
        FAILED
    }
}
