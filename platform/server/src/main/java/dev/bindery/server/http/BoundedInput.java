package dev.bindery.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses a body that turns out to be longer than allowed. */
final class BoundedInput extends FilterInputStream {
    private final long limit;
    private long read;
    private boolean ended;

    BoundedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? b : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int got = super.read(bytes, offset, length);
        count(got);
        return got;
    }

    /** The rest is cleared away with the request, not here. */
    @Override
    public void close() {}

    /** Whether it was read to its end. */
    boolean ended() {
        return ended;
    }

    /** What is left of it, however long. */
    InputStream unbounded() {
        return in;
    }

    private void count(int got) {
        ended = got < 0;
        read += Math.max(0, got);
        if (read > limit) {
            throw Refusal.tooLarge(limit);
        }
    }
}
