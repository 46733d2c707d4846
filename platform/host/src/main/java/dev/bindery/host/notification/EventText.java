package dev.bindery.host.notification;

/**
 * Texts of events are of a length that can be kept and sent, and are text: what a binding says may
 * be neither.
 */
final class EventText {
    private static final int LONGEST = 4000;
    private static final char REPLACEMENT = '\uFFFD';

    private EventText() {}

    static String bounded(String text) {
        String whole = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return isText(whole) ? whole : repaired(whole);
    }

    private static boolean isText(String text) {
        return text.codePoints().noneMatch(EventText::isHalf);
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(codePoint -> isHalf(codePoint) ? REPLACEMENT : codePoint)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
