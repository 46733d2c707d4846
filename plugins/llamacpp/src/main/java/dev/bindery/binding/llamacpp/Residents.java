package dev.bindery.binding.llamacpp;

import dev.bindery.api.LoadedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The models in memory, by name and purpose. For the holder of the lock of {@link Engines}. */
final class Residents {
    private final Map<Key, Resident> all = new LinkedHashMap<>();

    /** One model opened for one purpose. */
    record Key(String model, Opening.Purpose purpose) {}

    @Nullable Resident find(Key key) {
        return all.get(key);
    }

    void put(Key key, Resident resident) {
        all.put(key, resident);
    }

    void remove(Key key) {
        all.remove(key);
    }

    int size() {
        return all.size();
    }

    boolean anyInUse() {
        return all.values().stream().anyMatch(resident -> !resident.idle());
    }

    boolean inUse(String model) {
        return all.entrySet().stream()
                .anyMatch(e -> e.getKey().model().equals(model) && !e.getValue().idle());
    }

    List<Engine> engines() {
        return all.values().stream().flatMap(resident -> resident.engine().stream()).toList();
    }

    /** Takes out the one that would go first of those that nobody uses. */
    Optional<Engine> takeOldestIdle() {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue().idle())
                .min(Comparator.comparing(e -> e.getValue().expires().orElse(Instant.MAX)))
                .map(Map.Entry::getKey)
                .map(all::remove)
                .flatMap(Resident::engine);
    }

    /** Takes out those that nobody uses and that match. */
    List<Engine> takeIdle(BiPredicate<Key, Resident> which) {
        List<Engine> taken = new ArrayList<>();
        for (Map.Entry<Key, Resident> each : List.copyOf(all.entrySet())) {
            if (each.getValue().idle() && which.test(each.getKey(), each.getValue())) {
                all.remove(each.getKey());
                each.getValue().engine().ifPresent(taken::add);
            }
        }
        return taken;
    }

    /** How long until the first goes; for ever when none does. */
    long nanosToExpiry(Instant now) {
        return all.values().stream()
                .filter(Resident::idle)
                .flatMap(resident -> resident.expires().stream())
                .mapToLong(expires -> Duration.between(now, expires).toNanos())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Each model once, whatever it was opened for. */
    List<LoadedModel> describe() {
        Map<String, LoadedModel> models = new LinkedHashMap<>();
        all.forEach((key, resident) ->
                resident.engine()
                        .ifPresent(engine ->
                                models.merge(
                                        key.model(), resident.describe(engine), Residents::both)));
        return List.copyOf(models.values());
    }

    private static LoadedModel both(LoadedModel one, LoadedModel other) {
        return one.toBuilder()
                .memoryBytes(one.memoryBytes().orElse(0) + other.memoryBytes().orElse(0))
                .build();
    }
}
