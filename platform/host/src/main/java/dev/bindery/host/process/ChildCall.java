package dev.bindery.host.process;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.protocol.FailureCodec;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.WireReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import tools.jackson.databind.JsonNode;

/**
 * One call into a child: the message, then the answer's lines until the last, which is the result
 * or the error. It is cancelled at most once, and then waited for only so long, where that is said.
 */
final class ChildCall {
    private final ChildClient client;
    private final String id;
    private final Duration grace;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);

    ChildCall(ChildClient client, String id, Duration grace) {
        this.client = client;
        this.id = id;
        this.grace = grace;
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
        Call call = client.post("v1/calls/" + id, message);
        call.timeout().timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        try (var _ = cancellation.onCancel(() -> cancel(call));
                Response response = call.execute()) {
            return last(response.body().source(), call, lines);
        } catch (IOException e) {
            if (cancelled.get()) {
                throw gaveUp(e);
            }
            cancel(call);
            throw e;
        } finally {
            over.countDown();
        }
    }

    private WireReader last(BufferedSource source, Call call, Predicate<WireReader> lines)
            throws IOException {
        boolean wanted = true;
        for (WireReader line = next(source); ; line = next(source)) {
            Optional<WireReader> error = line.objectIf("error");
            if (error.isPresent()) {
                throw FailureCodec.decode(error.get());
            }
            if (line.node().has("result")) {
                return line;
            }
            if (wanted && !heard(line, call, lines)) {
                wanted = false;
                cancel(call);
            }
        }
    }

    private boolean heard(WireReader line, Call call, Predicate<WireReader> lines) {
        boolean heard = false;
        try {
            boolean wanted = lines.test(line);
            heard = true;
            return wanted;
        } finally {
            if (!heard) {
                cancel(call);
            }
        }
    }

    private static WireReader next(BufferedSource source) throws IOException {
        return ChildClient.nextLine(source)
                .orElseThrow(() -> new IOException("the answer ended before its last line"));
    }

    /** Tells the child at once, and gives up when it does not end in time. */
    private void cancel(Call call) {
        if (cancelled.compareAndSet(false, true)) {
            Thread.ofVirtual().name("cancel " + id).start(() -> cancelAndWait(call));
        }
    }

    private void cancelAndWait(Call call) {
        try {
            client.cancel(id);
            if (!grace.isZero() && !over.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                call.cancel();
            }
        } catch (IOException | InterruptedException | ProtocolException _) {
            if (!grace.isZero()) {
                call.cancel();
            }
        }
    }

    private static BindingException gaveUp(IOException cause) {
        return new BindingException(
                ErrorCode.CANCELLED,
                "the request was cancelled, and the binding did not end it",
                cause);
    }
}
