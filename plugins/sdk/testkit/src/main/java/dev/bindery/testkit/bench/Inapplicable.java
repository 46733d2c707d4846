package dev.bindery.testkit.bench;

/** A check has nothing to try here; the message says why. */
public final class Inapplicable extends RuntimeException {
    public Inapplicable(String reason) {
        super(reason);
    }

    public static void unless(boolean applies, String reason) {
        if (!applies) {
            throw new Inapplicable(reason);
        }
    }
}
