package dev.bindery.binding.replay;

import dev.bindery.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One place where a recorded question and one that is asked differ.
 *
 * @param place such as {@code messages[1].parts[0].text}
 * @param recorded null where there is nothing
 * @param asked null where there is nothing
 */
record Difference(String place, @Nullable JsonNode recorded, @Nullable JsonNode asked) {
    private static final int SHOWN = 60;
    private static final int BEFORE = 20;
    private static final int NAMED = 3;

    static List<Difference> between(JsonNode recorded, JsonNode asked) {
        List<Difference> found = new ArrayList<>();
        compare("", recorded, asked, found);
        return found;
    }

    /** The first of them, for people. */
    static String text(List<Difference> differences) {
        String first =
                differences.stream()
                        .limit(NAMED)
                        .map(Difference::toString)
                        .collect(Collectors.joining("; "));
        return differences.size() > NAMED
                ? first + "; and %d more".formatted(differences.size() - NAMED)
                : first;
    }

    /** How far apart: a text that begins alike is nearer than one that does not. */
    double weight() {
        if (recorded == null || asked == null || !recorded.isString() || !asked.isString()) {
            return 1;
        }
        int same = sameBeginning();
        int longer = Math.max(recorded.stringValue().length(), asked.stringValue().length());
        return 1 - same / (2.0 * longer);
    }

    private static void compare(
            String place,
            @Nullable JsonNode recorded,
            @Nullable JsonNode asked,
            List<Difference> found) {
        if (recorded == null || asked == null) {
            found.add(new Difference(place, recorded, asked));
        } else if (recorded.isObject() && asked.isObject()) {
            Set<String> names = new TreeSet<>(recorded.propertyNames());
            names.addAll(asked.propertyNames());
            for (String name : names) {
                String inner = place.isEmpty() ? name : place + "." + name;
                compare(inner, recorded.get(name), asked.get(name), found);
            }
        } else if (recorded.isArray() && asked.isArray()) {
            for (int i = 0; i < Math.max(recorded.size(), asked.size()); i++) {
                compare("%s[%d]".formatted(place, i), recorded.get(i), asked.get(i), found);
            }
        } else if (!recorded.equals(asked)) {
            found.add(new Difference(place, recorded, asked));
        }
    }

    private int sameBeginning() {
        if (recorded == null || asked == null || !recorded.isString() || !asked.isString()) {
            return 0;
        }
        String one = recorded.stringValue();
        String other = asked.stringValue();
        int same = 0;
        while (same < Math.min(one.length(), other.length())
                && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same;
    }

    @Override
    public String toString() {
        int from = Math.max(0, sameBeginning() - BEFORE);
        return "%s: recorded %s, asked %s"
                .formatted(place, shown(recorded, from), shown(asked, from));
    }

    /** A text from shortly before the first place where the two differ. */
    private static String shown(@Nullable JsonNode node, int from) {
        if (node == null) {
            return "nothing";
        }
        String text =
                node.isString()
                        ? node.stringValue()
                        : new String(Json.bytes(node), StandardCharsets.UTF_8);
        int begin = node.isString() ? from : 0;
        int end = Math.min(text.length(), begin + SHOWN);
        String cut = text.substring(begin, end);
        return "'%s%s%s'".formatted(begin > 0 ? "…" : "", cut, end < text.length() ? "…" : "");
    }
}
