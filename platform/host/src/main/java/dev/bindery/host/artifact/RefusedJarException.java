package dev.bindery.host.artifact;

/** A jar that will not be loaded as it is; the message is one sentence for the operator. */
public final class RefusedJarException extends RuntimeException {
    public RefusedJarException(String message) {
        super(message);
    }
}
