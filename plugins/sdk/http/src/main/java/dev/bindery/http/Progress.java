package dev.bindery.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * How far one try has come: whether any byte of the request has left, since only before that is a
 * failure harmless, and how long it may wait for the provider now. Told by the thread that makes
 * the call, looked at by that of the {@link CallWatch}.
 */
final class Progress extends EventListener {
    static final EventListener.Factory FACTORY = Progress::of;

    private final UpstreamOptions options;
    private final @Nullable Long end;
    private volatile boolean begun;
    private volatile long patience;
    private volatile long waitsSince;
    private volatile boolean waits;
    private volatile @Nullable InterruptedIOException lateness;

    /**
     * @param remaining the time for all of it; empty for no limit
     */
    Progress(UpstreamOptions options, Optional<Duration> remaining) {
        this.options = options;
        this.end = remaining.map(left -> System.nanoTime() + left.toNanos()).orElse(null);
        connecting();
    }

    /** Whether any byte of the request has left. */
    boolean begun() {
        return begun;
    }

    /**
     * Connecting has a limit of its own; what comes between is to take no longer than an answer.
     */
    private void connecting() {
        patience = options.connectTimeout().plus(options.firstByteTimeout()).toNanos();
        waits();
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        connecting();
    }

    @Override
    public void requestHeadersStart(Call call) {
        begun = true;
        patience = options.firstByteTimeout().toNanos();
        waits();
    }

    /** From now on it waits for the provider. */
    void waits() {
        waitsSince = System.nanoTime();
        waits = true;
    }

    /** The provider has said something; what is done with that may take its time. */
    void heard() {
        waits = false;
    }

    /** The answer has begun: whatever follows is to follow sooner. */
    void answerBegun() {
        patience = options.idleTimeout().toNanos();
    }

    /** Whether it is late now. */
    boolean isLate(long now) {
        if (end != null && now - end >= 0) {
            lateness = new InterruptedIOException("timeout");
        } else if (waits && now - waitsSince >= patience) {
            lateness = new SocketTimeoutException("timeout");
        }
        return lateness != null;
    }

    /** Why the call failed, which shows itself as cancelled when it was late. */
    IOException cause(IOException shown) {
        InterruptedIOException late = lateness;
        return late == null ? shown : late;
    }

    private static EventListener of(Call call) {
        Progress progress = call.request().tag(Progress.class);
        return progress == null ? EventListener.NONE : progress;
    }
}
