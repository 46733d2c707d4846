package dev.bindery.server.http;

/** How an API tells a refusal. */
@FunctionalInterface
public interface ErrorForm {
    /** The JSON text of the body, in UTF-8. */
    byte[] body(Refusal refusal);

    /** The body, for an API whose errors name the request. */
    default byte[] body(Refusal refusal, String requestId) {
        return body(refusal);
    }

    /** The status, for an API that has its own for some refusals. */
    default int status(Refusal refusal) {
        return refusal.status();
    }
}
