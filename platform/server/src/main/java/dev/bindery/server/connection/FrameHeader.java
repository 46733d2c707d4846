package dev.bindery.server.connection;

import java.util.function.IntUnaryOperator;

/**
 * What an HTTP/2 frame's first nine bytes say (RFC 9113, section 4.1).
 *
 * @param length of the payload that follows, in bytes
 * @param stream whose frame it is; 0 is the connection
 */
record FrameHeader(int length, int type, int flags, int stream) {
    static final int LENGTH = 9;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int PRIORITY = 2;
    private static final int RST_STREAM = 3;
    private static final int END_STREAM = 1;

    /** The header whose bytes these are, asked for by their index. */
    static FrameHeader of(IntUnaryOperator bytes) {
        return new FrameHeader(
                number(bytes, 0, 3),
                bytes.applyAsInt(3) & 0xff,
                bytes.applyAsInt(4) & 0xff,
                number(bytes, 5, 4) & Integer.MAX_VALUE);
    }

    boolean isHeaders() {
        return type == HEADERS;
    }

    boolean isPriority() {
        return type == PRIORITY;
    }

    boolean isReset() {
        return type == RST_STREAM;
    }

    /** Whether its sender says nothing more on the stream. */
    boolean endsStream() {
        return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    private static int number(IntUnaryOperator bytes, int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            number = (number << 8) | (bytes.applyAsInt(i) & 0xff);
        }
        return number;
    }
}
