package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a JSON schema in the few terms that this llama.cpp has for them: its
 * classes of characters written out, and nothing let in that would have to be escaped in JSON.
 */
final class PatternForm {
    private static final Map<Character, String> CLASSES =
            Map.of('d', "0-9", 'w', "a-zA-Z0-9_", 's', " ");
    private static final String KEPT = "^$.[]()|{}*+?";
    private static final String QUANTIFIERS = "*+?}";

    /** Quotes, backslashes and control characters, in a class. */
    private static final String TO_ESCAPE = "\\x22\\x5C\\x01-\\x1F";

    private final String pattern;
    private final StringBuilder out = new StringBuilder();
    private boolean inClass;
    private boolean quantified;
    private int at;

    private PatternForm(String pattern) {
        this.pattern = pattern;
    }

    /**
     * @throws BindingException INVALID_REQUEST for what is no regular expression, UNSUPPORTED for
     *     what this llama.cpp has no terms for
     */
    static String of(String pattern) {
        try {
            Pattern _ = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw BindingException.invalidRequest(
                    "the JSON schema's pattern %s: %s".formatted(pattern, e.getDescription()));
        }
        return new PatternForm(pattern).written();
    }

    private String written() {
        for (at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            boolean afterQuantifier = quantified;
            quantified = false;
            if (c == '"' || c < ' ') {
                throw unsupported("quotes and control characters");
            } else if (c == '\\') {
                escaped(pattern.charAt(++at));
            } else if (inClass) {
                inClass = c != ']';
                out.append(c == '[' ? "\\[" : String.valueOf(c));
            } else {
                plain(c, afterQuantifier);
            }
        }
        return out.toString();
    }

    private void plain(char c, boolean afterQuantifier) {
        switch (c) {
            case '[' -> begin();
            case '.' -> out.append("[^").append(TO_ESCAPE).append(']');
            case '(' -> group();
            case '*', '+', '?', '}' -> {
                if (!afterQuantifier) {
                    out.append(c);
                } else if (c != '?') {
                    throw unsupported("possessive repetition");
                }
                quantified = QUANTIFIERS.indexOf(c) >= 0 && !afterQuantifier;
            }
            default -> out.append(c);
        }
    }

    private void begin() {
        inClass = true;
        out.append('[');
        if (next('^')) {
            out.append('^').append(TO_ESCAPE);
        }
    }

    private void group() {
        out.append('(');
        if (next('?') && !next(':')) {
            throw unsupported("looking ahead or back, and groups with names or flags");
        }
    }

    /** Passes over the sign where it comes next. */
    private boolean next(char sign) {
        boolean comes = at + 1 < pattern.length() && pattern.charAt(at + 1) == sign;
        at += comes ? 1 : 0;
        return comes;
    }

    private void escaped(char c) {
        String all = CLASSES.get(c);
        if (all != null) {
            out.append(inClass ? all : "[" + all + "]");
        } else if (Character.isLetterOrDigit(c) || c == '"' || c == '\\') {
            throw unsupported("\\" + c);
        } else if (inClass) {
            out.append("\\x%02X".formatted((int) c));
        } else if (KEPT.indexOf(c) >= 0) {
            out.append('\\').append(c);
        } else {
            out.append(c);
        }
    }

    private BindingException unsupported(String what) {
        return BindingException.unsupported(
                "the JSON schema's pattern %s: this llama.cpp has no terms for %s"
                        .formatted(pattern, what));
    }
}
