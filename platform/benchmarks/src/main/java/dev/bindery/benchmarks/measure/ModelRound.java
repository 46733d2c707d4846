package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.report.Samples;
import java.util.Arrays;

/**
 * Several answers that were asked for at once.
 *
 * @param tokensPerSecond of all together, reading the prompts included
 * @param firstToken nanoseconds until an answer's first token, the median of all
 */
record ModelRound(double tokensPerSecond, long firstToken) {
    /**
     * @param times how long all took, and each until its first token, in nanoseconds
     * @param tokens of each
     */
    ModelRound(long[] times, int tokens) {
        this(
                (times.length - 1) * tokens * 1e9 / times[0],
                Samples.of(Arrays.stream(times).skip(1).boxed().toList()).median());
    }
}
