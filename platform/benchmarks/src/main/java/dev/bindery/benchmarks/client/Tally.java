package dev.bindery.benchmarks.client;

import dev.bindery.benchmarks.report.Samples;
import java.util.ArrayList;
import java.util.List;

/** What a client has seen, over several runs. For one thread. */
public final class Tally {
    private final List<Long> first = new ArrayList<>();
    private final List<Long> whole = new ArrayList<>();
    private long nanos;

    void begun(long afterNanos) {
        first.add(afterNanos);
    }

    void whole(long afterNanos) {
        whole.add(afterNanos);
    }

    void ran(long forNanos) {
        nanos += forNanos;
    }

    /** How many answers came. */
    public int answers() {
        return whole.size();
    }

    /** Answers per second. */
    public double rate() {
        return answers() * 1e9 / nanos;
    }

    /** Times from asking to the first word. */
    public Samples firstWord() {
        return Samples.of(first);
    }

    /** Times from asking to the end of the answer. */
    public Samples wholeAnswer() {
        return Samples.of(whole);
    }
}
