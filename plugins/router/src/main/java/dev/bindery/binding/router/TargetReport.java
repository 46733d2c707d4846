package dev.bindery.binding.router;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Models;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How each target stands, for the operator. */
final class TargetReport {
    private TargetReport() {}

    static JsonArray of(Routing routing, Models models) {
        Map<String, TreeSet<String>> routes = new TreeMap<>();
        for (Route route : routing.routes().values()) {
            for (Target target : route.targets()) {
                routes.computeIfAbsent(target.model(), _ -> new TreeSet<>()).add(route.name());
            }
        }
        return new JsonArray(
                routes.entrySet().stream()
                        .map(entry ->
                                of(
                                        entry.getKey(),
                                        List.copyOf(entry.getValue()),
                                        routing.breakers().of(new Target(entry.getKey(), 0)),
                                        models))
                        .toList());
    }

    private static JsonObject of(
            String model, List<String> routes, Breaker breaker, Models models) {
        Breaker.Standing standing = breaker.standing();
        JsonObject report =
                JsonObject.of("target", model, "routes", routes)
                        .with("state", standing.state().name().toLowerCase(Locale.ROOT))
                        .with("calls", standing.calls())
                        .with("recent_failures", standing.failures());
        if (standing.pausedFor().isPositive()) {
            report = report.with("paused_for_s", standing.pausedFor().toMillis() / 1000.0);
        }
        if (standing.lastFailure().isPresent()) {
            report = report.with("last_failure", standing.lastFailure().get());
        }
        return report.with("absent", absence(model, models));
    }

    /** Why it could not be asked now, apart from its failures; null when it could. */
    private static @Nullable String absence(String model, Models models) {
        try {
            models.model(model);
            return null;
        } catch (BindingException e) {
            return e.getMessage();
        }
    }
}
