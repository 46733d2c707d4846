package dev.bindery.binding.llamacpp;

/**
 * Text on its way through the library's template function, which ends a text at its first NUL and
 * garbles characters beyond U+FFFF. Those, and the mark itself, travel as a mark and four
 * hexadecimal digits for each UTF-16 unit. A lone surrogate, which no text should have, becomes
 * U+FFFD.
 */
final class TemplateText {
    private static final char MARK = '\uE000';

    private TemplateText() {}

    static String wrap(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> wrap(c, out));
        return out.toString();
    }

    private static void wrap(int codePoint, StringBuilder out) {
        if (Character.isSupplementaryCodePoint(codePoint)) {
            mark(Character.highSurrogate(codePoint), out);
            mark(Character.lowSurrogate(codePoint), out);
        } else if (codePoint == 0 || codePoint == MARK) {
            mark((char) codePoint, out);
        } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            out.append('\uFFFD');
        } else {
            out.append((char) codePoint);
        }
    }

    private static void mark(char unit, StringBuilder out) {
        out.append(MARK).append("%04x".formatted((int) unit));
    }

    static String unwrap(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == MARK && i + 5 <= text.length()) {
                out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
                i += 4;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
