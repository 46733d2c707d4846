package dev.bindery.server.account;

/** How a request has ended. */
public enum RequestEnd {
    /** The whole answer was written. */
    COMPLETE,
    /** Its client went away, or had it stopped. */
    CANCELLED,
    /** It was refused, or failed on its way; a stream may have begun. */
    FAILED
}
