package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import okio.BufferedSource;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a stream that has one JSON value on each line; blank lines are skipped. For one thread. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NdjsonReader {
    private static final int SHOWN = 200;

    private final LineReader lines;

    /** Reads from anywhere; {@link Reply#lines()} for a provider's answer. */
    public NdjsonReader(BufferedSource source, ReplyLimits limits) {
        this.lines = new LineReader(source, limits.lineBytes());
    }

    /**
     * Waits for the next value.
     *
     * @return null at the end of the stream
     * @throws BindingException when a line is no JSON, or the stream breaks, falls silent, is
     *     cancelled or too large
     */
    public @Nullable JsonNode next() {
        String line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        return line == null ? null : parse(line);
    }

    private static JsonNode parse(String line) {
        try {
            return Json.parse(line);
        } catch (JacksonException _) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "the provider's stream has a line that is no JSON: "
                            + line.substring(0, Math.min(SHOWN, line.length())));
        }
    }
}
