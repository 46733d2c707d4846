package dev.bindery.binding.router;

import java.util.Arrays;

/** Calls and failures of the last while, in ten parts of it. Not for several threads. */
final class Window {
    private static final int PARTS = 10;

    private final long partNanos;
    private final long[] parts = new long[PARTS];
    private final int[] calls = new int[PARTS];
    private final int[] failures = new int[PARTS];

    Window(long nanos) {
        partNanos = Math.max(1, nanos / PARTS);
        Arrays.fill(parts, Long.MIN_VALUE);
    }

    void add(long now, boolean failed) {
        long part = Math.floorDiv(now, partNanos);
        int slot = (int) Math.floorMod(part, (long) PARTS);
        if (parts[slot] != part) {
            parts[slot] = part;
            calls[slot] = 0;
            failures[slot] = 0;
        }
        calls[slot]++;
        failures[slot] += failed ? 1 : 0;
    }

    int calls(long now) {
        return sum(now, calls);
    }

    int failures(long now) {
        return sum(now, failures);
    }

    void clear() {
        Arrays.fill(parts, Long.MIN_VALUE);
    }

    private int sum(long now, int[] counts) {
        long newest = Math.floorDiv(now, partNanos);
        int sum = 0;
        for (int slot = 0; slot < PARTS; slot++) {
            boolean counting = parts[slot] > newest - PARTS && parts[slot] <= newest;
            sum += counting ? counts[slot] : 0;
        }
        return sum;
    }
}
