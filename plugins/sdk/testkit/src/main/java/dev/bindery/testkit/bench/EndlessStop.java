package dev.bindery.testkit.bench;

import org.jspecify.annotations.Nullable;

/**
 * Whether the binding's {@code stop} was seen not to end. Whatever would stop it once more would
 * only wait again, and find nothing new. For one thread.
 */
final class EndlessStop {
    private @Nullable Violation seen;

    @FunctionalInterface
    interface Stop {
        Attempt<Boolean> run() throws InterruptedException;
    }

    /** Stops it, and remembers where that does not end. */
    Attempt<Boolean> seen(Stop stop) throws InterruptedException {
        try {
            return stop.run();
        } catch (Violation e) {
            seen = e;
            throw e;
        }
    }

    /**
     * @throws Inapplicable where it was seen not to end
     */
    void check() {
        Inapplicable.unless(seen == null, "its stop does not end, as another check says");
    }
}
