package dev.bindery.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which handler answers which path and method. A pattern's segments are literal, {@code {name}} for
 * one segment, or at the end {@code {name...}} for all the rest; values are percent-decoded after
 * the path was cut at its raw slashes, so that {@code a%2Fb} is one segment. The first pattern that
 * fits answers. Immutable once built.
 */
public final class Routes {
    private final Map<String, Route> literal;
    private final List<Route> patterns;

    private Routes(Map<String, Route> literal, List<Route> patterns) {
        this.literal = Map.copyOf(literal);
        this.patterns = List.copyOf(patterns);
    }

    public static Builder builder() {
        return new Builder();
    }

    Optional<Match> find(String rawPath) {
        Route exact = literal.get(rawPath);
        if (exact != null) {
            return Optional.of(new Match(exact.methods, Map.of()));
        }
        return patterns.stream()
                .flatMap(route ->
                        route.pattern.match(rawPath).stream()
                                .map(values -> new Match(route.methods, values)))
                .findFirst();
    }

    /** What it answers: methods by pattern, as they were given. */
    public Map<String, Set<String>> methods() {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        literal.forEach((path, route) -> all.put(path, Set.copyOf(route.methods.keySet())));
        patterns.forEach(
                route -> all.put(route.pattern.text(), Set.copyOf(route.methods.keySet())));
        return all;
    }

    /** Whether that very path is named, with that method. */
    boolean names(String method, String path) {
        Route route = literal.get(path);
        return route != null && route.methods.containsKey(method);
    }

    /** The handlers of a path by method, and what stood in the places of its pattern. */
    record Match(Map<String, Handler> methods, Map<String, String> values) {
        Optional<Handler> handler(String method) {
            Handler own = methods.get(method);
            return Optional.ofNullable(
                    own == null && method.equals("HEAD") ? methods.get("GET") : own);
        }

        String allowed() {
            Set<String> all = new LinkedHashSet<>(methods.keySet());
            if (all.contains("GET")) {
                all.add("HEAD");
            }
            all.add("OPTIONS");
            return String.join(", ", all);
        }
    }

    private record Route(PathPattern pattern, Map<String, Handler> methods) {}

    /** Builds {@link Routes}; not for several threads. */
    public static final class Builder {
        private final Map<String, Route> literal = new LinkedHashMap<>();
        private final Map<String, Route> patterns = new LinkedHashMap<>();

        private Builder() {}

        public Builder get(String pattern, Handler handler) {
            return on("GET", pattern, handler);
        }

        public Builder post(String pattern, Handler handler) {
            return on("POST", pattern, handler);
        }

        public Builder patch(String pattern, Handler handler) {
            return on("PATCH", pattern, handler);
        }

        public Builder delete(String pattern, Handler handler) {
            return on("DELETE", pattern, handler);
        }

        private Builder on(String method, String pattern, Handler handler) {
            (pattern.contains("{") ? patterns : literal)
                    .computeIfAbsent(
                            pattern, p -> new Route(PathPattern.of(p), new LinkedHashMap<>()))
                    .methods
                    .put(method, handler);
            return this;
        }

        public Routes build() {
            return new Routes(literal, new ArrayList<>(patterns.values()));
        }
    }
}
