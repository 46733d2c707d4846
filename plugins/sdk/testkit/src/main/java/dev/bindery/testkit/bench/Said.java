package dev.bindery.testkit.bench;

import dev.bindery.api.BindingException;
import java.util.Locale;

/** Words for reports. */
public final class Said {
    private static final int LONGEST = 200;

    private Said() {}

    /** A throwable: what it is, what it says, and where it came from. */
    public static String of(Throwable thrown) {
        if (thrown instanceof BindingException e) {
            return "%s \"%s\"".formatted(e.code(), brief(String.valueOf(e.getMessage())));
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        return brief(String.valueOf(thrown)) + where;
    }

    /** A text in quotes, shortened, with what cannot be seen escaped. */
    public static String quoted(String text) {
        StringBuilder seen = new StringBuilder("\"");
        brief(text)
                .chars()
                .forEach(c -> {
                    if (c < ' ' || Character.isSurrogate((char) c) || c > 0x2fff) {
                        seen.append(String.format(Locale.ROOT, "\\u%04x", c));
                    } else {
                        seen.append((char) c);
                    }
                });
        return seen.append('"').toString();
    }

    static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
