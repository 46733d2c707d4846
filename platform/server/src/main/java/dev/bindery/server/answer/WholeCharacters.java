package dev.bindery.server.answer;

/** Keeps back the first half of a surrogate pair until the second has come. For one thread. */
public final class WholeCharacters {
    private String half = "";

    /** What can be shown of the text so far, that piece included. */
    public String add(String piece) {
        String all = half.isEmpty() ? piece : half + piece;
        int end = all.length();
        if (end > 0 && Character.isHighSurrogate(all.charAt(end - 1))) {
            half = all.substring(end - 1);
            return all.substring(0, end - 1);
        }
        half = "";
        return all;
    }

    /** The half that is left over; normally empty. */
    public String rest() {
        String rest = half;
        half = "";
        return rest;
    }
}
