package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import okio.BufferedSource;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events as the HTML standard defines them, with limits. Where the stream ends
 * without the empty line that closes an event, what there is of it is handed out all the same:
 * providers forget that line after their last event, and a cut event shows itself by broken data.
 * For one thread.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class SseReader {
    private final LineReader lines;
    private final long limit;
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private String type = "";
    private String id = "";

    /** Reads from anywhere; {@link Reply#events()} for a provider's answer. */
    public SseReader(BufferedSource source, ReplyLimits limits) {
        this.lines = new LineReader(source, limits.lineBytes());
        this.limit = limits.eventBytes();
    }

    /**
     * Waits for the next event that has data.
     *
     * @return null at the end of the stream
     * @throws BindingException when the stream breaks, falls silent, is cancelled or too large
     */
    public @Nullable SseEvent next() {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isEmpty()) {
                field(line);
            } else if (hasData) {
                return event();
            } else {
                type = "";
            }
        }
        return hasData ? event() : null;
    }

    private void field(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        int start =
                colon + 1 < line.length() && line.charAt(colon + 1) == ' ' ? colon + 2 : colon + 1;
        String value = colon < 0 ? "" : line.substring(start);
        switch (name) {
            case "data" -> data(value);
            case "event" -> type = value;
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            default -> {}
        }
    }

    private void data(String value) {
        if (data.length() + (long) value.length() > limit) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "the provider sends an event of more than %d bytes".formatted(limit));
        }
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
    }

    private SseEvent event() {
        SseEvent event = new SseEvent(type.isEmpty() ? "message" : type, data.toString(), id);
        data.setLength(0);
        hasData = false;
        type = "";
        return event;
    }
}
