package dev.bindery.echo;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into pieces: one word each with the white space that follows it; white space at the
 * text's beginning belongs to its first piece. The pieces of a text, joined, are the text.
 */
final class Pieces {
    private Pieces() {}

    static List<String> of(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int word = skip(text, start, true);
            int space = skip(text, word, false);
            int end = skip(text, space, true);
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }

    static int count(String text) {
        return of(text).size();
    }

    private static int skip(String text, int from, boolean white) {
        int at = from;
        while (at < text.length() && isWhite(text.codePointAt(at)) == white) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /** White space of Java and of Unicode alike, so the no-break spaces too. */
    private static boolean isWhite(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
