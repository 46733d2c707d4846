package dev.bindery.host.process;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.protocol.FailureCodec;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.WireReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One call into a child: the message, then the answer's lines until the last, which is the result
 * or the error. It is cancelled at most once, and then waited for only so long, where that is said.
 * When its connection breaks before anything was heard, it is sent once more, where the child would
 * know that it has begun it already.
 */
final class ChildCall {
    private static final int BEGUN_ALREADY = 409;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final ChildClient client;
    private final String id;
    private final Duration grace;
    private final boolean mayRepeat;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Call current;
    private boolean answered;

    /**
     * @param grace how long to wait after a cancellation; zero to wait for ever
     * @param mayRepeat whether the child knows a call that comes a second time
     */
    ChildCall(ChildClient client, String id, Duration grace, boolean mayRepeat) {
        this.client = client;
        this.id = id;
        this.grace = grace;
        this.mayRepeat = mayRepeat;
    }

    /**
     * Performs the call.
     *
     * @param lines hears each line before the last; false cancels the call, and nothing more is
     *     heard
     * @return the last line, which has a result
     */
    WireReader perform(
            JsonNode message,
            Duration limit,
            Cancellation cancellation,
            Predicate<WireReader> lines)
            throws IOException {
        long begin = System.nanoTime();
        try (var _ = cancellation.onCancel(this::cancel)) {
            return attempt(message, limit, lines);
        } catch (IOException e) {
            if (cancelled.get()) {
                throw gaveUp(e);
            }
            if (answered || !mayRepeat || e instanceof InterruptedIOException) {
                cancel();
                throw e;
            }
            return again(message, left(limit, begin), lines, e);
        } finally {
            over.countDown();
        }
    }

    /** A limit of zero is none. */
    private static Duration left(Duration limit, long begin) {
        if (limit.isZero()) {
            return limit;
        }
        Duration left = limit.minusNanos(System.nanoTime() - begin);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    private WireReader again(
            JsonNode message, Duration limit, Predicate<WireReader> lines, IOException first)
            throws IOException {
        try {
            return attempt(message, limit, lines);
        } catch (IOException e) {
            if (cancelled.get()) {
                throw gaveUp(e);
            }
            cancel();
            first.addSuppressed(e);
            throw first;
        }
    }

    private WireReader attempt(JsonNode message, Duration limit, Predicate<WireReader> lines)
            throws IOException {
        Call call = client.post("v1/calls/" + id, message);
        call.timeout().timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        current = call;
        try (Response response = call.execute()) {
            if (response.code() == BEGUN_ALREADY) {
                throw new IOException("the child has begun the call, and its answer is lost");
            }
            return last(response.body().source(), lines);
        }
    }

    private WireReader last(BufferedSource source, Predicate<WireReader> lines) throws IOException {
        boolean wanted = true;
        for (WireReader line = next(source); ; line = next(source)) {
            answered = true;
            Optional<WireReader> error = line.objectIf("error");
            if (error.isPresent()) {
                throw FailureCodec.decode(error.get());
            }
            if (line.node().has("result")) {
                return line;
            }
            if (wanted && !heard(line, lines)) {
                wanted = false;
                cancel();
            }
        }
    }

    private boolean heard(WireReader line, Predicate<WireReader> lines) {
        boolean heard = false;
        try {
            boolean wanted = lines.test(line);
            heard = true;
            return wanted;
        } finally {
            if (!heard) {
                cancel();
            }
        }
    }

    private static WireReader next(BufferedSource source) throws IOException {
        return ChildClient.nextLine(source)
                .orElseThrow(() -> new IOException("the answer ended before its last line"));
    }

    /** Tells the child at once, and gives up when it does not end in time. */
    private void cancel() {
        if (cancelled.compareAndSet(false, true)) {
            Thread.ofVirtual().name("cancel " + id).start(this::cancelAndWait);
        }
    }

    private void cancelAndWait() {
        try {
            client.cancel(id);
            if (!grace.isZero() && !over.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                breakOff();
            }
        } catch (IOException | InterruptedException | ProtocolException _) {
            if (!grace.isZero()) {
                breakOff();
            }
        }
    }

    private void breakOff() {
        Call running = current;
        if (running != null) {
            running.cancel();
        }
    }

    private static BindingException gaveUp(IOException cause) {
        return new BindingException(
                ErrorCode.CANCELLED,
                "the request was cancelled, and the binding did not end it",
                cause);
    }
}
