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
    private boolean isCut;

    LineReader(InputStream in, int bound) {
        this.in = in;
        this.bound = bound;
    }

    /**
     * The next line without its end, cut at the bound without waiting for the rest; absent when
     * there is none.
     */
    Optional<String> next() throws IOException {
        skipRest();
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        boolean any = false;
        while (line.size() < bound && fill()) {
            any = true;
            int from = position;
            int most = Math.min(end, from + bound - line.size());
            seek(most);
            line.write(buffer, from, position - from);
            if (position < most) {
                position++;
                return Optional.of(text(line));
            }
        }
        isCut = line.size() == bound;
        return any ? Optional.of(text(line)) : Optional.empty();
    }

    /** What is left of a line that was cut. */
    private void skipRest() throws IOException {
        while (isCut && fill()) {
            seek(end);
            isCut = position == end;
            position += isCut ? 0 : 1;
        }
    }

    /** On to the next line feed, or that far. */
    private void seek(int most) {
        while (position < most && buffer[position] != '\n') {
            position++;
        }
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
