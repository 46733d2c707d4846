package dev.bindery.server.fetch;

import dev.bindery.server.options.FetchRules;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What one request may still take: time and bytes. Thread-safe. */
final class Budget {
    private final FetchRules rules;
    private final long deadline;
    private final AtomicLong bytes;

    Budget(FetchRules rules) {
        this.rules = rules;
        this.deadline = System.nanoTime() + rules.time().toNanos();
        this.bytes = new AtomicLong(rules.totalBytes());
    }

    Duration remaining() throws FetchException {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (!left.isPositive()) {
            throw late();
        }
        return left;
    }

    FetchException late() {
        return new FetchException("it took longer than " + seconds());
    }

    private String seconds() {
        return "%.3f s".formatted(rules.time().toMillis() / 1000.0).replaceAll("\\.?0+ s", " s");
    }

    /** Takes so many bytes out. */
    void take(long count) throws FetchException {
        if (bytes.addAndGet(-count) < 0) {
            throw new FetchException(
                    "with it, the request's addresses are longer than %,d bytes"
                            .formatted(rules.totalBytes()));
        }
    }
}
