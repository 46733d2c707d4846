package dev.bindery.host.packages;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Content-Range header says.
 *
 * @param first the first byte's place; -1 in an answer that has none
 * @param total the whole file's length; -1 when the server does not know
 */
record ContentRange(long first, long total) {
    private static final Pattern FORM =
            Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18}|\\*)");

    static ContentRange of(@Nullable String header) throws IOException {
        Matcher parts = FORM.matcher(header == null ? "" : header.strip());
        if (!parts.matches()) {
            throw new IOException("an answer with the Content-Range \"" + header + "\"");
        }
        return new ContentRange(number(parts.group(1)), number(parts.group(2)));
    }

    private static long number(@Nullable String digits) {
        return digits == null || digits.equals("*") ? -1 : Long.parseLong(digits);
    }
}
