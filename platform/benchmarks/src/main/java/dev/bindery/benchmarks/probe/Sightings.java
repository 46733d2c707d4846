package dev.bindery.benchmarks.probe;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** When calls began and stopped at their far end, in the order seen. Safe for all threads. */
public final class Sightings {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<Long> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> stopped = new LinkedBlockingQueue<>();

    void begun() {
        begun.add(System.nanoTime());
    }

    void stopped() {
        stopped.add(System.nanoTime());
    }

    /** Waits for the next call to begin; when that was. */
    public long awaitBegun() throws IOException, InterruptedException {
        return next(begun, "begin");
    }

    /** Waits for the next call to stop; when that was, by {@link System#nanoTime}. */
    public long awaitStopped() throws IOException, InterruptedException {
        return next(stopped, "stop");
    }

    private static long next(BlockingQueue<Long> moments, String what)
            throws IOException, InterruptedException {
        Long moment = moments.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (moment == null) {
            throw new IOException(
                    "no call was seen to %s in %d s".formatted(what, PATIENCE_SECONDS));
        }
        return moment;
    }
}
