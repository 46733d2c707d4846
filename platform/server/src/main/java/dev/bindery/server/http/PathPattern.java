package dev.bindery.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pattern of {@link Routes}. */
record PathPattern(List<String> segments) {
    static PathPattern of(String pattern) {
        return new PathPattern(List.of(pattern.split("/", -1)));
    }

    /** What stands in the places of the pattern; empty when the path does not fit. */
    Optional<Map<String, String>> match(String rawPath) {
        String[] parts = rawPath.split("/", endsOpen() ? segments.size() : -1);
        if (parts.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (!fits(segments.get(i), parts[i], values)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private boolean endsOpen() {
        return segments.getLast().endsWith("...}");
    }

    /** As it was written. */
    String text() {
        return String.join("/", segments);
    }

    private static boolean fits(String segment, String part, Map<String, String> values) {
        if (!segment.startsWith("{")) {
            return segment.equals(part);
        }
        String name = segment.substring(1, segment.length() - 1).replace("...", "");
        values.put(name, decoded(part));
        return !part.isEmpty();
    }

    /** A plus sign in a path is a plus sign. */
    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "the path has a percent sign that no two hexadecimal digits follow");
        }
    }
}
