package dev.bindery.server.http;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * An answer that is written bit by bit. What is added is gathered and leaves in one write, so that
 * a burst costs one packet. For one thread.
 */
public final class ResponseStream {
    private final OutputStream out;
    private final int flushBytes;
    private final Runnable whenGone;
    private byte[] gathered = new byte[1024];
    private int length;
    private boolean gone;

    ResponseStream(OutputStream out, int flushBytes, Runnable whenGone) {
        this.out = out;
        this.whenGone = whenGone;
        this.flushBytes = flushBytes;
    }

    /**
     * Adds to what is gathered, and writes it when it has become much.
     *
     * @return false when the client is gone; what is added then is dropped
     */
    public boolean add(byte[] bytes, int count) {
        if (length + count > gathered.length) {
            gathered = Arrays.copyOf(gathered, Math.max(length + count, 2 * gathered.length));
        }
        System.arraycopy(bytes, 0, gathered, length, count);
        length += count;
        return length < flushBytes ? !gone : flush();
    }

    /**
     * Writes what is gathered; blocks while the client reads slowly.
     *
     * @return false when the client is gone
     */
    public boolean flush() {
        if (length > 0 && !gone) {
            write();
        }
        length = 0;
        return !gone;
    }

    private void write() {
        try {
            out.write(gathered, 0, length);
            out.flush();
        } catch (IOException | UncheckedIOException | CloseConnectionException _) {
            gone = true;
            whenGone.run();
        }
    }

    /** Whether a write has failed. */
    public boolean gone() {
        return gone;
    }
}
