package dev.bindery.benchmarks.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Finds requests in what a connection receives; knows as much of HTTP as its clients use. */
public final class Heard {
    private static final int LONGEST_REQUEST = 64 * 1024;
    private static final String LENGTH = "\r\ncontent-length:";

    private final ByteBuffer received = ByteBuffer.allocate(LONGEST_REQUEST);

    /** Where the connection reads into. */
    public ByteBuffer buffer() {
        return received;
    }

    /** The next request, head and body, once it is whole. */
    public Optional<String> next() {
        String text = new String(received.array(), 0, received.position(), StandardCharsets.UTF_8);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return Optional.empty();
        }
        int end = headEnd + 4 + bodyLength(text.substring(0, headEnd).toLowerCase(Locale.ROOT));
        if (received.position() < end) {
            return Optional.empty();
        }
        received.flip().position(end).compact();
        return Optional.of(text.substring(0, end));
    }

    private static int bodyLength(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int lineEnd = head.indexOf("\r\n", at + LENGTH.length());
        return Integer.parseInt(
                head.substring(at + LENGTH.length(), lineEnd < 0 ? head.length() : lineEnd)
                        .strip());
    }
}
