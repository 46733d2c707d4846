package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads AWS's event stream, whose frames carry checksums. For one thread. */
final class EventFrames {
    private static final int PIECE = 8192;
    private static final int BAD_REQUEST = 400;

    private final Upstream upstream;
    private final InputStream in;
    private final Deque<Message> frames = new ArrayDeque<>();
    private final MessageDecoder decoder = new MessageDecoder(frames::add);
    private final byte[] piece = new byte[PIECE];

    EventFrames(Upstream upstream, InputStream in) {
        this.upstream = upstream;
        this.in = in;
    }

    /** An event of the stream. */
    record Event(String type, JsonNode data) {}

    /**
     * Waits for the next event.
     *
     * @return null at the end of the stream
     * @throws BindingException for an exception inside the stream, a frame that is damaged, and
     *     where the stream breaks
     */
    @Nullable Event next() {
        while (frames.isEmpty()) {
            if (!read()) {
                return null;
            }
        }
        Message frame = frames.removeFirst();
        JsonNode data = data(frame);
        return switch (header(frame, ":message-type")) {
            case "exception" ->
                    throw failure(header(frame, ":exception-type"), Json.text(data, "message"));
            case "error" ->
                    throw failure(header(frame, ":error-code"), header(frame, ":error-message"));
            default -> new Event(header(frame, ":event-type"), data);
        };
    }

    private boolean read() {
        try {
            int count = in.read(piece);
            if (count > 0) {
                decoder.feed(piece, 0, count);
            }
            return count >= 0;
        } catch (IOException e) {
            throw upstream.broken("broke off: " + e.getMessage());
        } catch (BindingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw upstream.broken("sent a damaged frame: " + e.getMessage());
        }
    }

    private JsonNode data(Message frame) {
        byte[] payload = frame.getPayload();
        return payload.length == 0
                ? Json.object()
                : upstream.parse(new String(payload, StandardCharsets.UTF_8));
    }

    private static String header(Message frame, String name) {
        HeaderValue value = frame.getHeaders().get(name);
        return value == null ? "" : value.getString();
    }

    /** A request that is found wrong late is wrong all the same. */
    private BindingException failure(String type, String message) {
        ObjectNode body = Json.object();
        ObjectNode error =
                body.putObject("error")
                        .put("type", type)
                        .put("message", message.isBlank() ? type : message);
        if (type.equalsIgnoreCase("ValidationException")) {
            error.put("code", BAD_REQUEST);
        }
        return upstream.error(body).build();
    }
}
