package dev.bindery.server.http;

import io.helidon.http.BadRequestException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Refuses a body that turns out to be longer than allowed, or cut off, or no HTTP. */
final class BoundedInput extends FilterInputStream {
    private final long limit;
    private long read;
    private boolean ended;
    private boolean broken;

    BoundedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int b = proper(super::read);
        count(b < 0 ? b : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int got = proper(() -> super.read(bytes, offset, length));
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

    /** Whether nobody can tell where the next request begins. */
    boolean broken() {
        return broken;
    }

    /** What is left of it, however long. */
    InputStream unbounded() {
        return in;
    }

    @FunctionalInterface
    private interface Reading {
        int read() throws IOException;
    }

    /** Helidon tells a malformed chunk, and a client that has left, as whatever went wrong. */
    private int proper(Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (UncheckedIOException | CloseConnectionException | BadRequestException e) {
            throw e;
        } catch (RequestException e) {
            throw e.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413) ? e : malformed();
        } catch (RuntimeException _) {
            throw malformed();
        }
    }

    private Refusal malformed() {
        broken = true;
        return Refusal.invalid(
                "the body is not proper HTTP: it is cut off, or its chunks are malformed, or have"
                        + " extensions or trailers, which are not taken here");
    }

    private void count(int got) {
        ended = got < 0;
        read += Math.max(0, got);
        if (read > limit) {
            throw Refusal.tooLarge(limit);
        }
    }
}
