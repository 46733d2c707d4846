package dev.bindery.http;

import org.apiguardian.api.API;

/**
 * Text that arrives in pieces and is handed on in pieces that are well-formed UTF-16 each: a server
 * may send the two halves of a character in two events. What is half a character for good becomes
 * U+FFFD. For one thread.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class WellFormedText {
    private static final char REPLACEMENT = '\uFFFD';

    private char held;

    /** What can be handed on now; perhaps empty. */
    public String take(String piece) {
        String text = held == 0 ? piece : held + piece;
        held = 0;
        if (!text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
            held = text.charAt(text.length() - 1);
            text = text.substring(0, text.length() - 1);
        }
        return repaired(text);
    }

    /** What is left when no more will come. */
    public String rest() {
        boolean half = held != 0;
        held = 0;
        return half ? String.valueOf(REPLACEMENT) : "";
    }

    private static String repaired(String text) {
        return isWellFormed(text)
                ? text
                : text.codePoints()
                        .map(point -> isHalf(point) ? REPLACEMENT : point)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (isHalf(text.codePointAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
