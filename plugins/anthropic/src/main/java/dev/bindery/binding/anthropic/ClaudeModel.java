package dev.bindery.binding.anthropic;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's name tells of what it takes: {@code claude-opus-4-8}, {@code
 * claude-3-7-sonnet-20250219}. A name without a version tells nothing, and gets what every server
 * of this API has long known.
 *
 * @param sonnet whether it is of that line
 * @param version major times 100 plus minor; 0 when unknown
 */
record ClaudeModel(boolean sonnet, int version) {
    private static final Pattern VERSION =
            Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d)");
    private static final int MAJOR = 100;
    private static final int ADAPTIVE = 406;
    private static final int SYSTEM_TURNS = 408;
    private static final int FIVE = 500;

    static ClaudeModel of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Matcher found = VERSION.matcher(lower);
        if (!found.find()) {
            return new ClaudeModel(false, 0);
        }
        int minor = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        return new ClaudeModel(
                lower.contains("sonnet"), Integer.parseInt(found.group(1)) * MAJOR + minor);
    }

    /** From 4.6 on, a model decides by itself how much to think; the newest take no budget. */
    boolean adaptive() {
        return version >= ADAPTIVE;
    }

    /** From Opus 4.8 on; Sonnet 5 came without. */
    boolean systemTurns() {
        return version >= SYSTEM_TURNS && !(sonnet && version <= FIVE);
    }
}
