package dev.bindery.binding.router;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Models;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The settings, understood.
 *
 * @param routes by name
 * @param fallbacks the codes after which the next target is asked
 */
record Routing(
        RouterSettings settings,
        Map<String, Route> routes,
        Set<String> fallbacks,
        Breakers breakers) {
    /**
     * @throws BindingException naming what does not fit and what would; {@link
     *     ErrorCode#NOT_CONFIGURED} for a target that the operator has not allowed
     */
    static Routing of(RouterSettings settings, Models models, LongSupplier nanoTime) {
        Map<String, Route> routes = RouteReader.read(settings.routes());
        routes.values().forEach(route -> checkAllowed(route, models));
        return new Routing(
                settings, routes, fallbacks(settings), new Breakers(settings.breaker(), nanoTime));
    }

    /** The same with what is known of targets that were there before. */
    Routing after(Routing before) {
        boolean same = before.settings.breaker().equals(settings.breaker());
        return same ? new Routing(settings, routes, fallbacks, before.breakers) : this;
    }

    boolean fallsBackOn(ErrorCode code) {
        return fallbacks.contains(code.name());
    }

    /**
     * @throws BindingException {@link ErrorCode#MODEL_NOT_FOUND}
     */
    Route route(String model) {
        Route route = routes.get(model);
        if (route == null) {
            throw BindingException.modelNotFound(
                    "there is no route '%s'; there are: %s"
                            .formatted(model, String.join(", ", routes.keySet())));
        }
        return route;
    }

    private static void checkAllowed(Route route, Models models) {
        for (Target target : route.targets()) {
            if (!models.allows(target.model())) {
                String instance = target.model().substring(0, target.model().indexOf('/'));
                throw new BindingException(
                        ErrorCode.NOT_CONFIGURED,
                        "routes.%s leads to '%s', which this instance may not use; add to its file: calls: [%s]"
                                .formatted(route.name(), target.model(), instance));
            }
        }
    }

    private static Set<String> fallbacks(RouterSettings settings) {
        Set<String> known =
                ErrorCode.known().stream().map(ErrorCode::name).collect(Collectors.toSet());
        for (String code : settings.fallbackOn()) {
            if (!known.contains(code) || code.equals(ErrorCode.CANCELLED.name())) {
                throw BindingException.invalidRequest(
                        "fallback_on: found %s, expected codes of failures: %s"
                                .formatted(
                                        code,
                                        known.stream()
                                                .filter(c -> !c.equals(ErrorCode.CANCELLED.name()))
                                                .sorted()
                                                .collect(Collectors.joining(", "))));
            }
        }
        return Set.copyOf(settings.fallbackOn());
    }
}
