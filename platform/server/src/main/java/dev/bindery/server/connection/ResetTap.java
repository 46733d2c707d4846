package dev.bindery.server.connection;

import org.jspecify.annotations.Nullable;

/**
 * Reads along with Helidon on an HTTP/2 connection and reports each stream that the client resets,
 * of which Helidon tells a handler nothing. Helidon reads such a connection all the time, so the
 * bytes need no reading ahead. Frames are only measured here; judging them is Helidon's part.
 *
 * <p>Used by the connection's thread alone.
 */
final class ResetTap implements ByteSource {
    private static final int PREFACE = 24;
    private static final int HEADER = 9;
    private static final int RST_STREAM = 3;

    private final ByteSource socket;
    private final ConnectionWatch watch;
    private final byte[] header = new byte[HEADER];
    private int headerBytes;
    private int toSkip = PREFACE;

    ResetTap(ByteSource socket, ConnectionWatch watch) {
        this.socket = socket;
        this.watch = watch;
    }

    @Override
    public byte @Nullable [] get() {
        byte[] bytes = socket.get();
        if (bytes != null) {
            follow(bytes);
        }
        return bytes;
    }

    private void follow(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            at += toSkip > 0 ? skip(bytes.length - at) : header(bytes, at);
        }
    }

    private int skip(int available) {
        int skipped = Math.min(toSkip, available);
        toSkip -= skipped;
        return skipped;
    }

    private int header(byte[] bytes, int at) {
        int taken = Math.min(HEADER - headerBytes, bytes.length - at);
        System.arraycopy(bytes, at, header, headerBytes, taken);
        headerBytes += taken;
        if (headerBytes == HEADER) {
            frame();
        }
        return taken;
    }

    private void frame() {
        headerBytes = 0;
        toSkip = number(0, 3);
        if (header[3] == RST_STREAM) {
            watch.streamReset(number(5, 4) & Integer.MAX_VALUE);
        }
    }

    private int number(int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            number = (number << 8) | (header[i] & 0xff);
        }
        return number;
    }
}
