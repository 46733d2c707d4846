package dev.bindery.testkit.upstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An answer as a stream, event by event as it travels. The events of the text's pieces are known
 * apart, one for each, since scripts break off between them.
 */
public final class EventStream {
    private final String contentType;
    private final String before;
    private final String after;
    private final List<byte[]> opening = new ArrayList<>();
    private final List<byte[]> pieces = new ArrayList<>();
    private final List<byte[]> closing = new ArrayList<>();

    private EventStream(String contentType, String before, String after) {
        this.contentType = contentType;
        this.before = before;
        this.after = after;
    }

    /** Server-sent events: what is added is the data of one. */
    public static EventStream sse() {
        return new EventStream("text/event-stream", "data: ", "\n\n");
    }

    /** A line for each event. */
    public static EventStream ndjson() {
        return new EventStream("application/x-ndjson", "", "\n");
    }

    /** Events that are added as they are. */
    public static EventStream raw(String contentType) {
        return new EventStream(contentType, "", "");
    }

    /** An event before the text: the role, thoughts. */
    public EventStream opening(String data) {
        return opening(framed(data));
    }

    /** Like {@link #opening(String)}, with the name of the server-sent event. */
    public EventStream opening(String name, String data) {
        return opening(named(name, data));
    }

    public EventStream opening(byte[] event) {
        opening.add(event.clone());
        return this;
    }

    /** The event of the next piece of text. */
    public EventStream piece(String data) {
        return piece(framed(data));
    }

    public EventStream piece(String name, String data) {
        return piece(named(name, data));
    }

    public EventStream piece(byte[] event) {
        pieces.add(event.clone());
        return this;
    }

    /** An event after the text: tool calls, the end, token counts. */
    public EventStream closing(String data) {
        return closing(framed(data));
    }

    public EventStream closing(String name, String data) {
        return closing(named(name, data));
    }

    public EventStream closing(byte[] event) {
        closing.add(event.clone());
        return this;
    }

    private byte[] framed(String data) {
        return bytes(before + data + after);
    }

    private byte[] named(String name, String data) {
        return bytes(String.format(Locale.ROOT, "event: %s\ndata: %s\n\n", name, data));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    String contentType() {
        return contentType;
    }

    List<byte[]> opening() {
        return opening;
    }

    List<byte[]> pieces() {
        return pieces;
    }

    List<byte[]> closing() {
        return closing;
    }
}
