package dev.bindery.host.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range as cards write it: {@code >=1 <2}, every condition to be met. */
public final class VersionRange {
    private static final Pattern CONDITION =
            Pattern.compile("(>=|<=|>|<|=)?([0-9]+(?:\\.[0-9]+)*)");

    private final String text;
    private final List<Condition> conditions = new ArrayList<>();

    private VersionRange(String text) {
        this.text = text;
    }

    /**
     * @throws IllegalArgumentException for what is no range
     */
    public static VersionRange parse(String text) {
        VersionRange range = new VersionRange(text);
        for (String condition : text.trim().split("\\s+", -1)) {
            Matcher matcher = CONDITION.matcher(condition);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "found `%s`, expected a range such as `>=1 <2`".formatted(text));
            }
            String operator = matcher.group(1) == null ? "=" : matcher.group(1);
            range.conditions.add(new Condition(operator, matcher.group(2)));
        }
        return range;
    }

    /** Whether a version of dotted numbers lies within. */
    public boolean contains(String version) {
        return conditions.stream().allMatch(condition -> condition.isMetBy(version));
    }

    @Override
    public String toString() {
        return text;
    }

    private record Condition(String operator, String version) {
        boolean isMetBy(String other) {
            int order = Versions.compare(other, version);
            return switch (operator) {
                case ">=" -> order >= 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case "<" -> order < 0;
                default -> order == 0;
            };
        }
    }
}
