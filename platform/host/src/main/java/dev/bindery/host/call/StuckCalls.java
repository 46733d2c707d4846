package dev.bindery.host.call;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls of an endpoint that ignore their cancellation. Thread-safe. */
final class StuckCalls {
    private final AtomicInteger count = new AtomicInteger();
    private final Runnable reporter;

    /**
     * @param reporter hears of each
     */
    StuckCalls(Runnable reporter) {
        this.reporter = reporter;
    }

    void began() {
        count.incrementAndGet();
    }

    void ended() {
        count.decrementAndGet();
    }

    void report() {
        reporter.run();
    }

    int count() {
        return count.get();
    }
}
