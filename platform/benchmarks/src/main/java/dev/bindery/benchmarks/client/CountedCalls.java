package dev.bindery.benchmarks.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection on which answers of a binding that counts are asked for, one after the other. Each
 * is checked to the last piece: whole, in order, from one version, and from none that was replaced
 * before it was asked for. For one thread.
 */
public final class CountedCalls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CONTENT = "\"content\":\"";
    private static final String LAST = "[DONE]";

    private final Socket socket;
    private final InputStream in;
    private final byte[] request;
    private final int pieces;
    private final AtomicInteger newest;

    /**
     * @param model one that counts
     * @param pieces how many every answer must have
     * @param newest the newest version that any caller has seen; shared by all of them
     */
    public CountedCalls(InetSocketAddress address, String model, int pieces, AtomicInteger newest)
            throws IOException {
        this.request = new ChatRequest(model, true).bytes();
        this.pieces = pieces;
        this.newest = newest;
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Asks, and returns when all of the answer has come.
     *
     * @throws IOException when anything about it is wrong, with what was expected and what came
     */
    public CountedAnswer ask() throws IOException {
        Counting counting = new Counting(newest.get(), System.nanoTime());
        socket.getOutputStream().write(request);
        EventStream events = EventStream.begin(in);
        String event = events.next();
        while (event.startsWith("{\"id\"")) {
            String piece = content(event);
            if (!piece.isEmpty()) {
                counting.piece(piece, System.nanoTime());
            }
            event = events.next();
        }
        if (!event.equals(LAST) || !events.next().isEmpty()) {
            throw new IOException("expected the end of a stream, but got: " + event);
        }
        CountedAnswer answer = counting.whole(pieces);
        newest.accumulateAndGet(answer.version(), Math::max);
        return answer;
    }

    /** The text of an event; empty where it says only who speaks, or why the answer ends. */
    private static String content(String event) {
        int start = event.indexOf(CONTENT);
        if (start < 0) {
            return "";
        }
        start += CONTENT.length();
        return event.substring(start, event.indexOf('"', start));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
