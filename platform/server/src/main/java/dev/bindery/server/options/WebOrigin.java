package dev.bindery.server.options;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Origins of web pages, written as browsers write them. */
public final class WebOrigin {
    /** Stands for every origin. */
    public static final String ANY = "*";

    /** What browsers send for pages that have none, such as those of files. */
    private static final String NONE = "null";

    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9+.-]*)://([^/\\s?#]+?)(:\\d*)?/?");

    private WebOrigin() {}

    /**
     * An origin as operators and clients write it: in lower case, without the port that goes
     * without saying and without a slash at its end.
     *
     * @throws IllegalArgumentException for what is no origin; the message can be shown as it is
     */
    public static String of(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        if (text.equals(ANY) || text.equals(NONE)) {
            return text;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no origin of web pages; one looks like https://app.example.org or http://localhost:3000"
                            .formatted(written));
        }
        return form.group(1) + "://" + form.group(2) + port(form.group(1), form.group(3));
    }

    private static String port(String scheme, @Nullable String port) {
        String usual =
                switch (scheme) {
                    case "http" -> ":80";
                    case "https" -> ":443";
                    default -> ":";
                };
        return port == null || port.equals(":") || port.equals(usual) ? "" : port;
    }
}
