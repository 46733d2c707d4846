package dev.bindery.host.artifact;

/** A jar that is not whole, or not yet: it is looked at again when it has changed. */
public final class IncompleteJarException extends RuntimeException {
    public IncompleteJarException(String message) {
        super(message);
    }
}
