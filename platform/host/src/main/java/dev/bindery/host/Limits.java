package dev.bindery.host;

import java.time.Duration;
import java.util.Optional;

/**
 * What one call, and all calls of an instance together, may take.
 *
 * @param concurrency the most calls at once, at least 1
 * @param queue the most calls that wait for a place, 0 or more
 * @param firstToken the longest time to the first operation
 * @param idle the longest time between two operations
 * @param total the longest time of a whole call
 * @param unloadAfter how long a model may lie in memory without a call before it is freed; absent
 *     for as long as the binding keeps it
 * @param retries how often a request that begins here may be tried again, by all layers and
 *     instances that it leads through together
 */
public record Limits(
        int concurrency,
        int queue,
        Duration firstToken,
        Duration idle,
        Duration total,
        Optional<Duration> unloadAfter,
        int retries) {
    private static final int USUAL_RETRIES = 4;

    public Limits {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
        }
        if (queue < 0) {
            throw new IllegalArgumentException("queue is at least 0, not " + queue);
        }
        if (retries < 0) {
            throw new IllegalArgumentException("retries are at least 0, not " + retries);
        }
    }

    /** The limits where the operator sets none: generous, but never endless. */
    public static Limits defaults(int concurrency) {
        return new Limits(
                concurrency,
                4 * concurrency,
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                Duration.ofHours(1),
                Optional.empty(),
                USUAL_RETRIES);
    }
}
