package dev.bindery.host.protocol;

/** What the other side sent is not what the protocol says; the message names the place. */
public final class ProtocolException extends RuntimeException {
    public ProtocolException(String message) {
        super(message);
    }

    public ProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
