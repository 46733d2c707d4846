package dev.bindery.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/**
 * Tells in an API's own form what Helidon refuses by itself, before any handler: malformed or
 * oversized heads, unknown encodings.
 */
final class ProtocolErrors implements DirectHandler {
    private final Door door;

    private ProtocolErrors(Door door) {
        this.door = door;
    }

    static DirectHandlers handlers(Door door) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType event : EventType.values()) {
            handlers.addHandler(event, new ProtocolErrors(door));
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType event,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, Exchange.JSON));
        String id = "req_" + RequestIds.random();
        headers.set(HeaderValues.create(HeaderNames.create("x-request-id"), id));
        headers.set(HeaderValues.create(HeaderNames.create("request-id"), id));
        headers.set(HeaderValues.create(HeaderNames.create("x-should-retry"), "false"));
        Refusal refusal =
                status.code() >= 500
                        ? Refusal.internal()
                        : Refusal.of(status.code(), "protocol_error", sentence(status, message));
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .entity(apiOf(request).errors().body(refusal, id))
                .keepAlive(event.keepAlive())
                .build();
    }

    private Api apiOf(TransportRequest request) {
        return door.apiOf(
                request.path(), name -> request.headers().contains(HeaderNames.create(name)));
    }

    private static String sentence(Status status, String message) {
        String reason = "the request is not proper HTTP: " + status.reasonPhrase();
        return message == null || message.isBlank() ? reason : reason + " (" + message + ")";
    }
}
