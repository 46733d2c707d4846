package dev.bindery.host.instance;

import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.host.HostException;
import java.util.Map;
import java.util.Set;

/** Which limits there are, and from which number on. */
final class LimitCheck {
    private static final Map<String, Integer> LEAST =
            new java.util.TreeMap<>(
                    Map.of(
                            "concurrency",
                            1,
                            "queue",
                            0,
                            "first_token_s",
                            1,
                            "idle_s",
                            1,
                            "total_s",
                            1,
                            "unload_after_s",
                            1,
                            "retries",
                            0));
    private static final int MOST = 1_000_000;

    private LimitCheck() {}

    static Set<String> names() {
        return LEAST.keySet();
    }

    static JsonValue checked(String name, JsonValue value) {
        Integer least = LEAST.get(name);
        if (least == null) {
            throw HostException.invalid(
                    "there is no limit %s; there are: %s"
                            .formatted(name, String.join(", ", LEAST.keySet())));
        }
        return switch (value) {
            case JsonNull none -> none;
            case JsonLong number when number.value() >= least && number.value() <= MOST -> number;
            case JsonString text when text.value().matches("[0-9]{1,9}") ->
                    checked(name, JsonValue.of(Long.parseLong(text.value())));
            default ->
                    throw HostException.invalid(
                            "limit %s: found %s, expected a whole number from %d to %d"
                                    .formatted(name, value, least, MOST));
        };
    }
}
