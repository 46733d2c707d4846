package dev.bindery.server.fetch;

/** Why an address is not fetched, in words for the client: nothing of what was answered there. */
final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    FetchException(String message) {
        super(message);
    }

    FetchException(String message, Throwable cause) {
        super(message, cause);
    }
}
