package dev.bindery.binding.router;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonBoolean;
import dev.bindery.api.JsonDouble;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the setting {@code routes}; every complaint names its place and what is expected there. */
final class RouteReader {
    private static final double GREATEST_WEIGHT = 1_000_000;

    private RouteReader() {}

    static Map<String, Route> read(JsonObject routes) {
        Map<String, Route> read = new LinkedHashMap<>();
        routes.fields().forEach((name, value) -> read.put(name, route(name, value)));
        if (read.isEmpty()) {
            throw BindingException.invalidRequest(
                    "routes: there is none; expected a name and its targets, such as {fast: [openai/gpt-4o-mini, llamacpp/small]}");
        }
        return read;
    }

    private static Route route(String name, JsonValue value) {
        String place = "routes." + name;
        if (name.isBlank() || name.strip().length() != name.length()) {
            throw wrong("routes", "'" + name + "'", "a name without space around it");
        }
        return switch (value) {
            case JsonArray list -> new Route(name, targets(place, list), Sticky.NONE, false);
            case JsonObject map -> route(name, place, map);
            default -> throw wrong(place, value, "a list of targets, or a map with targets");
        };
    }

    private static Route route(String name, String place, JsonObject map) {
        allowOnly(place, map, Set.of("targets", "sticky", "same_model"));
        List<Target> targets =
                map.field("targets").orElse(JsonArray.EMPTY) instanceof JsonArray list
                        ? targets(place + ".targets", list)
                        : targets(place + ".targets", JsonArray.EMPTY);
        Sticky sticky = sticky(place + ".sticky", map);
        if (sticky != Sticky.NONE && targets.stream().allMatch(target -> target.weight() == 0)) {
            throw BindingException.invalidRequest(
                    "%s.sticky: found %s, but without a weight all requests go to the first target; give targets weights, or leave it out"
                            .formatted(place, sticky.name().toLowerCase(Locale.ROOT)));
        }
        return new Route(name, targets, sticky, flag(place + ".same_model", map));
    }

    private static List<Target> targets(String place, JsonArray list) {
        List<Target> targets = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.items().size(); i++) {
            Target target = target("%s[%d]".formatted(place, i), list.items().get(i));
            if (!seen.add(target.model())) {
                throw BindingException.invalidRequest(
                        "%s[%d]: '%s' is there twice".formatted(place, i, target.model()));
            }
            targets.add(target);
        }
        if (targets.isEmpty()) {
            throw BindingException.invalidRequest(
                    place + ": there is none; expected a list such as [openai/gpt-4o-mini]");
        }
        return targets;
    }

    private static Target target(String place, JsonValue value) {
        return switch (value) {
            case JsonString text -> new Target(model(place, text), 0);
            case JsonObject map -> {
                allowOnly(place, map, Set.of("model", "weight"));
                JsonValue model = map.field("model").orElse(new JsonString(""));
                yield new Target(model(place + ".model", model), weight(place + ".weight", map));
            }
            default -> throw wrong(place, value, "INSTANCE/MODEL, or a map of model and weight");
        };
    }

    private static String model(String place, JsonValue value) {
        if (value instanceof JsonString text && text.value().matches("(?s)[^/\\s]+/\\S.*")) {
            return text.value();
        }
        throw wrong(place, value, "INSTANCE/MODEL");
    }

    private static double weight(String place, JsonObject map) {
        double weight =
                switch (map.field("weight").orElse(new JsonLong(0))) {
                    case JsonLong number -> number.value();
                    case JsonDouble number -> number.value();
                    case JsonValue other -> throw wrong(place, other, "a number");
                };
        if (weight < 0 || weight > GREATEST_WEIGHT) {
            throw wrong(place, weight, "a number from 0 to 1000000");
        }
        return weight;
    }

    private static Sticky sticky(String place, JsonObject map) {
        String name = map.text("sticky").orElse("none");
        return Arrays.stream(Sticky.values())
                .filter(sticky -> sticky.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        wrong(
                                place,
                                name,
                                Arrays.stream(Sticky.values())
                                        .map(sticky -> sticky.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }

    private static boolean flag(String place, JsonObject map) {
        return switch (map.field("same_model").orElse(JsonBoolean.FALSE)) {
            case JsonBoolean flag -> flag.value();
            case JsonValue other -> throw wrong(place, other, "true or false");
        };
    }

    private static void allowOnly(String place, JsonObject map, Set<String> allowed) {
        for (String name : map.fields().keySet()) {
            if (!allowed.contains(name)) {
                throw wrong(place, name, String.join(", ", new TreeSet<>(allowed)));
            }
        }
    }

    private static BindingException wrong(String place, Object found, String expected) {
        return BindingException.invalidRequest(
                "%s: found %s, expected %s".formatted(place, found, expected));
    }
}
