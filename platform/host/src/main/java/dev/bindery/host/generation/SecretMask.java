package dev.bindery.host.generation;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.api.TypedConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Takes the secrets of an instance out of whatever it says: those in force, and those that were
 * before. Texts of fewer than four characters are no secrets: masking them would maim every
 * message. Thread-safe.
 */
final class SecretMask implements UnaryOperator<String> {
    private static final int SHORTEST = 4;

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    SecretMask(TypedConfig config) {
        add(config);
    }

    void add(TypedConfig config) {
        config.template().entries().stream()
                .filter(ConfigEntry::secret)
                .map(entry -> config.values().getOrDefault(entry.name(), JsonNull.NULL))
                .flatMap(SecretMask::texts)
                .filter(text -> text.length() >= SHORTEST)
                .forEach(secrets::add);
    }

    private static Stream<String> texts(JsonValue value) {
        return switch (value) {
            case JsonString text -> Stream.of(text.value());
            case JsonArray list -> list.items().stream().flatMap(SecretMask::texts);
            case JsonObject map -> map.fields().values().stream().flatMap(SecretMask::texts);
            case JsonNull _ -> Stream.empty();
            default -> Stream.of(value.toString());
        };
    }

    @Override
    public String apply(String text) {
        List<String> longestFirst =
                secrets.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
        String masked = text;
        for (String secret : longestFirst) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }
}
