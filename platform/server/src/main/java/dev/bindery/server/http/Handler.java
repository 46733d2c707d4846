package dev.bindery.server.http;

import java.io.IOException;

/** Answers one request, on the virtual thread of its connection or stream; may block. */
@FunctionalInterface
public interface Handler {
    /**
     * @throws Refusal to be told in the API's own form, while nothing has been sent
     */
    void handle(Exchange exchange) throws IOException;
}
