package dev.bindery.host.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of a child's output, each cut at a bound, in memory that does not grow with the flood. */
final class LineReader {
    private final InputStream in;
    private final int bound;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int end;

    LineReader(InputStream in, int bound) {
        this.in = in;
        this.bound = bound;
    }

    /** The next line without its end; absent when there is none. */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        boolean any = false;
        while (fill()) {
            any = true;
            int from = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            line.write(buffer, from, Math.min(position - from, bound - line.size()));
            if (position < end) {
                position++;
                return Optional.of(text(line));
            }
        }
        return any ? Optional.of(text(line)) : Optional.empty();
    }

    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, in.read(buffer));
        }
        return end > 0;
    }

    private static String text(ByteArrayOutputStream line) {
        return line.toString(UTF_8).stripTrailing();
    }
}
