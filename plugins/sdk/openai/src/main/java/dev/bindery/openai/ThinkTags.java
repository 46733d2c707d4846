package dev.bindery.openai;

/**
 * Tells the thoughts from the answer where a model writes both into one text: {@code
 * <think>…</think>} at its beginning, the tags cut anywhere by the stream. Tags anywhere else are
 * text. For one thread.
 */
final class ThinkTags {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final StringBuilder held = new StringBuilder();
    private Place place = Place.BEFORE;

    private enum Place {
        BEFORE,
        THOUGHT,
        GAP,
        TEXT
    }

    /** What of a piece can be handed on. */
    record Split(String thought, String text) {
        private static final Split NOTHING = new Split("", "");
    }

    Split take(String piece) {
        if (place == Place.TEXT) {
            return new Split("", piece);
        }
        held.append(piece);
        if (place == Place.BEFORE && !begun()) {
            return Split.NOTHING;
        }
        String thought = place == Place.THOUGHT ? thought() : "";
        return new Split(thought, place == Place.GAP || place == Place.TEXT ? text() : "");
    }

    /** Whether it is clear what the text begins with. */
    private boolean begun() {
        String start = held.toString().stripLeading();
        if (start.startsWith(OPEN)) {
            held.setLength(0);
            held.append(start.substring(OPEN.length()));
            place = Place.THOUGHT;
        } else if (!OPEN.startsWith(start)) {
            place = Place.TEXT;
        }
        return place != Place.BEFORE;
    }

    private String thought() {
        int end = held.indexOf(CLOSE);
        if (end >= 0) {
            place = Place.GAP;
            String thought = held.substring(0, end);
            held.delete(0, end + CLOSE.length());
            return thought;
        }
        int sure = held.length() - beginningOfClose();
        String thought = held.substring(0, sure);
        held.delete(0, sure);
        return thought;
    }

    /** How many characters at the end may be the beginning of the closing tag. */
    private int beginningOfClose() {
        int longest = Math.min(CLOSE.length() - 1, held.length());
        for (int length = longest; length > 0; length--) {
            if (CLOSE.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    /** The text itself begins behind the empty lines that follow the thoughts. */
    private String text() {
        String text = held.toString();
        held.setLength(0);
        if (place == Place.GAP) {
            text = text.stripLeading();
            place = text.isEmpty() ? Place.GAP : Place.TEXT;
        }
        return text;
    }

    /** What was held back, when no more will come. */
    Split rest() {
        String left = held.toString();
        held.setLength(0);
        return place == Place.THOUGHT ? new Split(left, "") : new Split("", left);
    }
}
