package dev.bindery.server.http;

/** How an API tells a refusal: the JSON text of the body, in UTF-8. */
@FunctionalInterface
public interface ErrorForm {
    byte[] body(Refusal refusal);
}
