package dev.bindery.host.document;

/**
 * A document that cannot be taken: the message names file, line, field, what was found and allowed.
 */
public final class DocumentException extends RuntimeException {
    public DocumentException(String message) {
        super(message);
    }
}
