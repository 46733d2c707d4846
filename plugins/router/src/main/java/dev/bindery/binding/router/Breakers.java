package dev.bindery.binding.router;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The breaker of each target, whichever routes lead to it. Free for all threads.
 *
 * @param limits when a target is paused
 * @param nanoTime a clock as {@link System#nanoTime}
 */
record Breakers(BreakerLimits limits, LongSupplier nanoTime, Map<String, Breaker> byModel) {
    Breakers(BreakerLimits limits, LongSupplier nanoTime) {
        this(limits, nanoTime, new ConcurrentHashMap<>());
    }

    Breaker of(Target target) {
        return byModel.computeIfAbsent(target.model(), _ -> new Breaker(limits, nanoTime));
    }

    /** What is wrong with targets, for people; absent where nothing is. */
    Optional<String> complaint() {
        String complaints =
                byModel.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(entry -> complaint(entry.getKey(), entry.getValue()).stream())
                        .collect(Collectors.joining("; "));
        return complaints.isEmpty() ? Optional.empty() : Optional.of(complaints);
    }

    private static Optional<String> complaint(String model, Breaker breaker) {
        Breaker.Standing standing = breaker.standing();
        String failure = standing.lastFailure().map(text -> " (" + text + ")").orElse("");
        return switch (standing.state()) {
            case OPEN -> Optional.empty();
            case TRIED -> Optional.of(model + " is being tried again" + failure);
            case PAUSED ->
                    Optional.of(
                            "%s is paused, for %d s yet%s"
                                    .formatted(model, standing.pausedFor().toSeconds(), failure));
        };
    }
}
