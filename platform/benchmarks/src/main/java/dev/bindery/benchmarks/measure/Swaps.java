package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.CountedCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Renames jars into the drop folder, one over the other, and asks all the time who answers. */
final class Swaps {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountedCalls calls;
    private final Path dropped;

    /**
     * @param calls answers that come at once
     */
    Swaps(CountedCalls calls, Path dropped) {
        this.calls = calls;
        this.dropped = dropped;
    }

    /** Only asks, for that long. */
    void rest(Duration time) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
            ask();
        }
    }

    /**
     * Swaps to each of those jars, and rests before each.
     *
     * @param jars versions 1.0.1, 1.0.2 and so on; they are gone afterwards
     * @return nanoseconds from each rename to the end of the first answer of that version
     */
    List<Long> to(List<Path> jars, Duration rest) throws IOException, InterruptedException {
        List<Long> nanos = new ArrayList<>();
        for (Path jar : jars) {
            rest(rest);
            long renamed = System.nanoTime();
            Files.move(jar, dropped, StandardCopyOption.ATOMIC_MOVE);
            awaitVersion(nanos.size() + 1, renamed + PATIENCE.toNanos());
            nanos.add(System.nanoTime() - renamed);
        }
        return nanos;
    }

    private void awaitVersion(int version, long deadline) throws IOException, InterruptedException {
        while (ask() < version) {
            if (System.nanoTime() > deadline) {
                throw new IOException("1.0.%d did not answer in %s".formatted(version, PATIENCE));
            }
        }
    }

    private int ask() throws IOException, InterruptedException {
        Thread.sleep(1);
        return calls.ask().version();
    }
}
