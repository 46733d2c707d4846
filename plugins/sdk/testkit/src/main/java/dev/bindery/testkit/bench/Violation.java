package dev.bindery.testkit.bench;

import java.util.Locale;

/** A rule of the contract is not kept; the message is for the author of the binding. */
public final class Violation extends AssertionError {
    public Violation(String message) {
        super(message);
    }

    /** A message with its parts put in. */
    @SuppressWarnings("AnnotateFormatMethod") // an annotation of a library that is not used here
    public static Violation of(String format, Object... parts) {
        return new Violation(String.format(Locale.ROOT, format, parts));
    }

    @SuppressWarnings("AnnotateFormatMethod")
    public static void unless(boolean kept, String format, Object... parts) {
        if (!kept) {
            throw of(format, parts);
        }
    }
}
