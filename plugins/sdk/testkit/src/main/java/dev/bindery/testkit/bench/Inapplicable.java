package dev.bindery.testkit.bench;

/** A check has nothing to try here; the message says why. */
public final class Inapplicable extends RuntimeException {
    public Inapplicable(String reason) {
        super(reason);
    }

    /** The binding waits for settings that nobody gave; its message says for which. */
    static Inapplicable waiting(String message) {
        return new Inapplicable("it waits for settings: " + message);
    }

    public static void unless(boolean applies, String reason) {
        if (!applies) {
            throw new Inapplicable(reason);
        }
    }
}
