package dev.bindery.server.connection;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads along with Helidon on an HTTP/2 connection, for two reasons. It reports each stream that
 * the client resets, of which Helidon tells a handler nothing; Helidon reads such a connection all
 * the time, so the bytes need no reading ahead. And it withholds what a client says of a stream
 * that is over already: a reset that crosses the answer's end on its way is ordinary (RFC 9113,
 * section 5.1), but Helidon 4.5 takes it for an error of the connection and ends every other stream
 * on it.
 *
 * <p>Used by the connection's thread alone.
 */
final class StreamGuard implements ByteSource {
    private static final int PREFACE = 24;

    private final ByteSource socket;
    private final ConnectionWatch watch;
    private final OpenStreams streams;
    private final byte[] header = new byte[FrameHeader.LENGTH];
    private int headerBytes;
    private int toPass = PREFACE;
    private int toDrop;

    StreamGuard(ByteSource socket, ConnectionWatch watch, OpenStreams streams) {
        this.socket = socket;
        this.watch = watch;
        this.streams = streams;
    }

    @Override
    public byte @Nullable [] get() {
        byte[] passed;
        do {
            byte[] bytes = socket.get();
            if (bytes == null) {
                return null;
            }
            passed = follow(bytes);
        } while (passed.length == 0);
        return passed;
    }

    private byte[] follow(byte[] bytes) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream(bytes.length + header.length);
        int at = 0;
        while (at < bytes.length) {
            int available = bytes.length - at;
            if (toPass > 0) {
                int length = Math.min(toPass, available);
                passed.write(bytes, at, length);
                toPass -= length;
                at += length;
            } else if (toDrop > 0) {
                int length = Math.min(toDrop, available);
                toDrop -= length;
                at += length;
            } else {
                at += header(bytes, at, passed);
            }
        }
        return passed.toByteArray();
    }

    private int header(byte[] bytes, int at, ByteArrayOutputStream passed) {
        int taken = Math.min(header.length - headerBytes, bytes.length - at);
        System.arraycopy(bytes, at, header, headerBytes, taken);
        headerBytes += taken;
        if (headerBytes == header.length) {
            headerBytes = 0;
            frame(FrameHeader.of(i -> header[i]), passed);
        }
        return taken;
    }

    private void frame(FrameHeader frame, ByteArrayOutputStream passed) {
        if (ofAnEndedStream(frame)) {
            toDrop = frame.length();
            return;
        }
        toPass = frame.length();
        passed.writeBytes(header);
        streams.received(frame);
        if (frame.isReset()) {
            watch.streamReset(frame.stream());
        }
    }

    private boolean ofAnEndedStream(FrameHeader frame) {
        return (frame.isReset() || frame.isPriority()) && streams.isOver(frame.stream());
    }
}
