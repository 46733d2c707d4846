package dev.bindery.server.http;

import dev.bindery.server.account.RequestAccount;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Optional;

/**
 * Tells in an API's own form what Helidon refuses by itself, before any handler: malformed or
 * oversized heads, unknown encodings. A head that is cut off is to Helidon an internal error;
 * whatever else fails is told by the door, so there is no other.
 */
final class ProtocolErrors implements DirectHandler {
    /** The code of what is no proper HTTP. */
    static final String CODE = "protocol_error";

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
            Status told,
            ServerResponseHeaders headers,
            String reason) {
        boolean cutOff = event == EventType.INTERNAL_ERROR;
        Optional<String> coding = unknownCoding(request);
        Status status =
                coding.isPresent()
                        ? Status.UNSUPPORTED_MEDIA_TYPE_415
                        : cutOff ? Status.BAD_REQUEST_400 : told;
        String message = cutOff ? "its head is cut off, or no head" : reason;
        headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, Exchange.JSON));
        String id = idOf(request);
        headers.set(HeaderValues.create(HeaderNames.create(RequestIds.HEADER), id));
        headers.set(HeaderValues.create(HeaderNames.create("request-id"), id));
        headers.set(HeaderValues.create(HeaderNames.create("x-should-retry"), "false"));
        Refusal refusal =
                status.code() >= 500
                        ? Refusal.internal()
                        : Refusal.of(
                                status.code(),
                                CODE,
                                coding.map(ProtocolErrors::packed)
                                        .orElseGet(() -> sentence(status, message)));
        Api api = apiOf(request);
        note(new RequestAccount(id, request.method(), request.path()), api, refusal);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .entity(api.errors().body(refusal, id))
                .keepAlive(false)
                .build();
    }

    private void note(RequestAccount account, Api api, Refusal refusal) {
        account.api(api.name());
        account.status(refusal.status());
        account.failed(refusal.code());
        door.end(account);
    }

    private static String idOf(TransportRequest request) {
        HeaderName header = HeaderNames.create(RequestIds.HEADER);
        return RequestIds.of(
                request.headers().contains(header)
                        ? Optional.of(request.headers().get(header).get())
                        : Optional.empty());
    }

    /** How the body is packed, where that is why it was refused. */
    private static Optional<String> unknownCoding(TransportRequest request) {
        return request.headers().contains(HeaderNames.CONTENT_ENCODING)
                ? Optional.of(request.headers().get(HeaderNames.CONTENT_ENCODING).get())
                        .filter(coding -> !Gunzip.unpacks(coding))
                : Optional.empty();
    }

    private static String packed(String coding) {
        return "Content-Encoding: found \"%s\"; bodies may come packed with gzip, or as they are"
                .formatted(coding);
    }

    private Api apiOf(TransportRequest request) {
        return door.apiOf(
                request.path(), name -> request.headers().contains(HeaderNames.create(name)));
    }

    private static String sentence(Status status, String message) {
        boolean blank = message == null || message.isBlank();
        if (blank && status.equals(Status.REQUEST_ENTITY_TOO_LARGE_413)) {
            return "the body is longer than any that this server takes";
        }
        String reason = "the request is not proper HTTP: " + status.reasonPhrase();
        return blank ? reason : reason + " (" + message + ")";
    }
}
