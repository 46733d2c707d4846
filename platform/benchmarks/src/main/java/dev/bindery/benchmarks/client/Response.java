package dev.bindery.benchmarks.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** An answer as it comes in; is used again for the next. For one thread. */
final class Response {
    private static final byte[] HEAD_END = ascii("\r\n\r\n");
    private static final byte[] LAST_CHUNK = ascii("\r\n0\r\n\r\n");
    private static final byte[] FIRST_WORD = ascii("word0");
    private static final byte[] EVENT = ascii("data: {");
    private static final byte[] LENGTH = ascii("content-length:");

    private ByteBuffer received = ByteBuffer.allocate(64 * 1024);
    private int bodyStart;
    private int bodyLength;
    private boolean begun;

    void clear() {
        received.clear();
        bodyStart = 0;
        bodyLength = -1;
        begun = false;
    }

    /** Where to read into. */
    ByteBuffer space() {
        if (!received.hasRemaining()) {
            received = ByteBuffer.allocate(received.capacity() * 2).put(received.flip());
        }
        return received;
    }

    /** Whether the first word of the text has come. */
    boolean hasBegun() {
        begun = begun || (bodyStart() > 0 && find(FIRST_WORD, bodyStart) >= 0);
        return begun;
    }

    /** Whether all of it has come. */
    boolean isWhole() {
        if (bodyStart() == 0) {
            return false;
        }
        return bodyLength >= 0
                ? received.position() >= bodyStart + bodyLength
                : endsWith(LAST_CHUNK);
    }

    /** The status code of its first line. */
    int status() {
        return Integer.parseInt(text(9, 12));
    }

    /** How many events it carries, the last one that only says it is over not counted. */
    int events() {
        int events = 0;
        for (int at = find(EVENT, 0); at >= 0; at = find(EVENT, at + EVENT.length)) {
            events++;
        }
        return events;
    }

    @Override
    public String toString() {
        return text(0, received.position());
    }

    private int bodyStart() {
        if (bodyStart == 0) {
            int end = find(HEAD_END, 0);
            if (end >= 0) {
                bodyStart = end + HEAD_END.length;
                String head = text(0, end).toLowerCase(Locale.ROOT) + "\r\n";
                int at = head.indexOf(new String(LENGTH, StandardCharsets.US_ASCII));
                bodyLength =
                        at < 0
                                ? -1
                                : Integer.parseInt(
                                        head.substring(at + LENGTH.length, head.indexOf('\r', at))
                                                .strip());
            }
        }
        return bodyStart;
    }

    private boolean endsWith(byte[] end) {
        int position = received.position();
        return position >= end.length
                && Arrays.equals(
                        received.array(), position - end.length, position, end, 0, end.length);
    }

    private int find(byte[] wanted, int from) {
        byte[] bytes = received.array();
        int last = received.position() - wanted.length;
        for (int at = from; at <= last; at++) {
            if (bytes[at] == wanted[0]
                    && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private String text(int from, int to) {
        return new String(received.array(), from, to - from, StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
