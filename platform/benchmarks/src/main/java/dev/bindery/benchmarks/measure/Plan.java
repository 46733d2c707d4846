package dev.bindery.benchmarks.measure;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param starts how often a host is started
 * @param drops how often a jar is dropped
 * @param swaps how often a jar replaces another while streams go on
 * @param disconnects how often a client goes away
 * @param warmUp how long each subject is used before it is measured
 * @param calls how many calls one turn of a latency measurement makes
 * @param turn how long one turn of a rate measurement takes
 * @param rounds how often the subjects take turns, forth and back
 * @param modelRounds how often a real model is asked each thing
 */
public record Plan(
        int starts,
        int drops,
        int swaps,
        int disconnects,
        Duration warmUp,
        int calls,
        Duration turn,
        int rounds,
        int modelRounds) {
    /** What a report is made of. */
    public static Plan full() {
        return new Plan(
                10, 20, 20, 20, Duration.ofSeconds(20), 2000, Duration.ofSeconds(10), 1, 11);
    }

    /** Whether everything works; its figures say little. */
    public static Plan quick() {
        return new Plan(2, 3, 3, 3, Duration.ofSeconds(2), 100, Duration.ofSeconds(1), 1, 2);
    }
}
