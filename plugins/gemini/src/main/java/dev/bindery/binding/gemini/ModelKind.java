package dev.bindery.binding.gemini;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's name tells of it, where the API does not.
 *
 * @param major the generation; 0 for a name without one, such as {@code gemini-flash-latest}
 * @param pro whether it is one of the large ones, which cannot stop thinking
 * @param thinkingBudgets whether thinking is measured in tokens, as 2.5 does
 */
record ModelKind(int major, boolean pro, boolean thinkingBudgets) {
    private static final Pattern VERSION = Pattern.compile("gemini-(\\d{1,3})(?:\\.(\\d{1,3}))?");
    private static final int LEVELS = 3;
    private static final int MINOR_THAT_THINKS = 5;

    static ModelKind of(String model) {
        Matcher version = VERSION.matcher(model);
        if (!version.find()) {
            return new ModelKind(0, model.contains("-pro"), !model.contains("gemma"));
        }
        int major = Integer.parseInt(version.group(1));
        int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
        boolean budgets = major == LEVELS - 1 && minor >= MINOR_THAT_THINKS;
        return new ModelKind(major, model.contains("-pro"), budgets);
    }

    /** Whether thinking is measured in words, and calls must come back signed. */
    boolean thinkingLevels() {
        return major >= LEVELS;
    }
}
