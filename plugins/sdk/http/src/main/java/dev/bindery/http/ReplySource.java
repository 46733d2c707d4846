package dev.bindery.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;

/**
 * The bytes of an answer. Waits long for the first and less long for every other one; its failures
 * are those of the contract, not IOExceptions.
 */
final class ReplySource extends ForwardingSource {
    private final Failures failures;
    private final Duration idleTimeout;
    private boolean begun;

    ReplySource(BufferedSource source, Failures failures, Duration idleTimeout) {
        super(source);
        this.failures = failures;
        this.idleTimeout = idleTimeout;
    }

    @Override
    public long read(Buffer sink, long byteCount) {
        try {
            long read = LibraryLoader.call(() -> super.read(sink, byteCount));
            if (!begun) {
                begun = true;
                timeout().timeout(idleTimeout.toNanos(), TimeUnit.NANOSECONDS);
            }
            return read;
        } catch (IOException e) {
            throw failures.brokenOff(e);
        }
    }
}
