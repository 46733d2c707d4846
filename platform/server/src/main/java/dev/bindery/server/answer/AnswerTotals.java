package dev.bindery.server.answer;

import dev.bindery.api.GenerationResult;
import dev.bindery.api.Timings;
import dev.bindery.api.Usage;

/**
 * What a whole answer took; what nobody knows is absent in both.
 *
 * @param usage the token counts of all its calls
 * @param timings where the time of its last call went
 */
public record AnswerTotals(Usage usage, Timings timings) {
    private static final Timings UNKNOWN = Timings.builder().build();

    /** The totals of an answer that one call made, with those counts. */
    public static AnswerTotals of(Usage usage, GenerationResult result) {
        return new AnswerTotals(usage, result.timings().orElse(UNKNOWN));
    }

    static AnswerTotals of(Usage usage) {
        return new AnswerTotals(usage, UNKNOWN);
    }
}
