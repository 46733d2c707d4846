package dev.bindery.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;

/** Durations that were measured, in nanoseconds. Immutable. */
public final class Samples {
    private final long[] sorted;

    private Samples(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    public static Samples of(Collection<Long> nanos) {
        return new Samples(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    public int count() {
        return sorted.length;
    }

    public long min() {
        return sorted[0];
    }

    public long max() {
        return sorted[sorted.length - 1];
    }

    public long median() {
        return quantile(0.5);
    }

    public long p99() {
        return quantile(0.99);
    }

    /** The smallest value that at least that share of all values does not exceed. */
    private long quantile(double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }
}
