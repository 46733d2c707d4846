package dev.bindery.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The events of one streamed answer, each as soon as it has come. For one thread. */
final class EventStream {
    private static final String DATA = "data: ";
    private static final int HEXADECIMAL = 16;

    private final InputStream connection;
    private int leftOfChunk;
    private boolean begun;
    private boolean ended;

    private EventStream(InputStream connection) {
        this.connection = connection;
    }

    /**
     * Reads the head of the next answer.
     *
     * @throws IOException when it is not the head of a stream, with what came
     */
    static EventStream begin(InputStream connection) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(connection); !line.isEmpty(); line = line(connection)) {
            head.append(line).append('\n');
        }
        String found = head.toString().toLowerCase(Locale.ROOT);
        if (!found.startsWith("http/1.1 200")
                || !found.contains("transfer-encoding: chunked")
                || !found.contains("content-type: text/event-stream")) {
            String body =
                    new String(
                            connection.readNBytes(connection.available()), StandardCharsets.UTF_8);
            throw new IOException("expected status 200 and a stream, but got: " + head + body);
        }
        return new EventStream(connection);
    }

    /** The data of the next event; empty when the answer has ended. */
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = read(); next >= 0; next = read()) {
            if (next != '\n') {
                line.append((char) next);
            } else if (line.indexOf(DATA) == 0) {
                return line.substring(DATA.length());
            } else {
                line.setLength(0);
            }
        }
        return "";
    }

    /** The next byte of the body, whatever chunks it came in; -1 after the last. */
    private int read() throws IOException {
        while (leftOfChunk == 0 && !ended) {
            if (begun) {
                line(connection); // ends the chunk before
            }
            begun = true;
            leftOfChunk = Integer.parseInt(line(connection).strip(), HEXADECIMAL);
            if (leftOfChunk == 0) {
                ended = true;
                line(connection); // ends the body
            }
        }
        if (ended) {
            return -1;
        }
        leftOfChunk--;
        return must(connection.read());
    }

    private static String line(InputStream connection) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = must(connection.read()); next != '\n'; next = must(connection.read())) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static int must(int read) throws IOException {
        if (read < 0) {
            throw new IOException("the connection was closed in the middle of an answer");
        }
        return read;
    }
}
