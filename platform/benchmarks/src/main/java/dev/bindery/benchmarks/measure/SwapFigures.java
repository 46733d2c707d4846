package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.CountedAnswer;
import dev.bindery.benchmarks.report.Samples;
import dev.bindery.benchmarks.report.Unit;
import java.util.List;

/**
 * What was found with one kind of isolation.
 *
 * @param drops nanoseconds from a rename to the first answer of the new version
 * @param still how streams came in with no swap going on
 * @param swapping how they came in while swaps went on
 */
record SwapFigures(String isolation, Samples drops, Streams still, Streams swapping) {
    static final List<String> DROP_COLUMNS =
            List.of("isolation", "rename to first answer, median", "p99");
    static final List<String> STREAM_COLUMNS =
            List.of(
                    "isolation",
                    "swaps",
                    "streams",
                    "longest gap, median",
                    "p99",
                    "wait for the first piece, median",
                    "p99");

    /**
     * How streams came in.
     *
     * @param gaps the longest gap between two pieces of each
     * @param waits from asking to the first piece of each
     */
    record Streams(Samples gaps, Samples waits) {
        static Streams of(List<CountedAnswer> answers) {
            return new Streams(
                    Samples.of(answers.stream().map(CountedAnswer::longestGap).toList()),
                    Samples.of(answers.stream().map(CountedAnswer::firstPiece).toList()));
        }
    }

    List<String> dropRow() {
        return List.of(isolation, Unit.millis(drops.median()), Unit.millis(drops.p99()));
    }

    List<List<String>> streamRows() {
        return List.of(
                row("none", still),
                row(String.valueOf(drops.count()), swapping),
                List.of(
                        isolation,
                        "above normal",
                        "",
                        Unit.millis(swapping.gaps.median() - still.gaps.median()),
                        Unit.millis(swapping.gaps.p99() - still.gaps.p99()),
                        Unit.millis(swapping.waits.median() - still.waits.median()),
                        Unit.millis(swapping.waits.p99() - still.waits.p99())));
    }

    private List<String> row(String swaps, Streams streams) {
        return List.of(
                isolation,
                swaps,
                String.valueOf(streams.gaps.count()),
                Unit.millis(streams.gaps.median()),
                Unit.millis(streams.gaps.p99()),
                Unit.millis(streams.waits.median()),
                Unit.millis(streams.waits.p99()));
    }
}
