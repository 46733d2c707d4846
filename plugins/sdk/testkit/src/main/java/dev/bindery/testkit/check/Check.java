package dev.bindery.testkit.check;

/**
 * One rule of the contract, and how to see whether a binding keeps it.
 *
 * @param name a sentence that says the rule
 */
public record Check(String name, Body body) {
    /** Runs the check and says what came of it; never throws but for an interrupt. */
    public Outcome run(Trial trial) throws InterruptedException {
        return Outcome.of(this, trial);
    }

    /** Tries it; returns where the rule is kept. */
    @FunctionalInterface
    public interface Body {
        /**
         * @throws dev.bindery.testkit.bench.Violation where it is not kept
         * @throws dev.bindery.testkit.bench.Inapplicable where there is nothing to try
         * @throws Advice where it is kept, and could be kept better
         */
        void on(Trial trial) throws Exception;
    }
}
