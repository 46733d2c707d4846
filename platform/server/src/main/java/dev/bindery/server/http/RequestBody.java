package dev.bindery.server.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** A request's body: bounded while it is wanted, cleared away when it is not. */
final class RequestBody {
    private static final int PIECE = 64 << 10;

    private final ServerRequest request;
    private final long drainBytes;
    private @Nullable BoundedInput input;

    RequestBody(ServerRequest request, long drainBytes) {
        this.request = request;
        this.drainBytes = drainBytes;
    }

    byte[] bytes(long limit) throws IOException {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = stream(limit)) {
            return in.readAllBytes();
        } catch (UncheckedIOException e) {
            throw unreadable(e);
        } catch (ZipException | EOFException e) {
            throw unreadable(e);
        }
    }

    InputStream stream(long limit) {
        OptionalLong declared = request.headers().contentLength();
        if (declared.isPresent() && declared.getAsLong() > limit) {
            throw Refusal.tooLarge(limit);
        }
        try {
            input = new BoundedInput(request.content().inputStream(), limit);
            return input;
        } catch (UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads away what nobody wanted, so that the next request can follow.
     *
     * @return false when there is too much of it; the connection must be closed then
     */
    boolean settle() {
        if (!request.content().hasEntity() || (input != null && input.ended())) {
            return true;
        }
        if (input != null && input.broken()) {
            return false;
        }
        if (declared() > drainBytes || (input == null && waitsToContinue())) {
            return false;
        }
        try {
            return drain(input == null ? request.content().inputStream() : input.unbounded());
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }

    private boolean drain(InputStream in) throws IOException {
        byte[] piece = new byte[PIECE];
        long read = 0;
        while (read <= drainBytes) {
            int got = in.read(piece);
            if (got < 0) {
                return true;
            }
            read += got;
        }
        return false;
    }

    private long declared() {
        return request.headers().contentLength().orElse(0);
    }

    private boolean waitsToContinue() {
        return request.headers().containsToken(HeaderValues.EXPECT_100);
    }

    private static Refusal unreadable(Exception cause) {
        return Refusal.invalid("the body cannot be unpacked: " + cause.getMessage());
    }
}
