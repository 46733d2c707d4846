package dev.bindery.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/**
 * Refuses a chunk of a body that is too long. Helidon gathers a chunk as a whole before anybody can
 * count it, and has only one limit for all bodies, that of the longest upload. What else is read by
 * its length is what is at hand already, or a frame of HTTP/2.
 */
final class ChunkBoundReader extends DataReader {
    private final long most;

    // Helidon wants its readers made by create(), which makes none that can refuse.
    @SuppressWarnings({"removal", "deprecation"})
    ChunkBoundReader(ByteSource source, long most) {
        super(source);
        this.most = most;
    }

    @Override
    public BufferData readBuffer(int length) {
        if (length > most) {
            throw RequestException.builder()
                    .type(EventType.BAD_REQUEST)
                    .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    .message("a chunk of the body is longer than " + most + " bytes")
                    .setKeepAlive(false)
                    .build();
        }
        return super.readBuffer(length);
    }
}
