package dev.bindery.benchmarks.subject;

import java.util.List;
import java.util.function.UnaryOperator;

/** Where a process runs. */
public enum Placement {
    /** Wherever the system puts it. */
    ANYWHERE(UnaryOperator.identity()),
    /** On the first core alone: what is compared. */
    FIRST_CORE(Cores::first),
    /** On the other cores: what takes part only. */
    OTHER_CORES(Cores::others);

    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final UnaryOperator<List<String>> command;

    Placement(UnaryOperator<List<String>> command) {
        this.command = command;
    }

    List<String> of(List<String> plain) {
        return command.apply(plain);
    }
}
