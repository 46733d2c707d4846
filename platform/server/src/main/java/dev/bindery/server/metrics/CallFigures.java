package dev.bindery.server.metrics;

import dev.bindery.host.ServedModel;
import dev.bindery.server.account.CallAccount;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What calls of models took. Safe for all threads. */
final class CallFigures {
    private final MeterRegistry registry;
    private final KnownModels known;
    private final Map<CallLabels, CallMeters> meters = new ConcurrentHashMap<>();

    CallFigures(MeterRegistry registry, KnownModels known) {
        this.registry = registry;
        this.known = known;
    }

    /** A call has ended; one that led to no model has no figures. */
    void ended(String api, CallAccount call) {
        call.model()
                .flatMap(model -> metersOf(api, call, model))
                .ifPresent(metersOfCall -> metersOfCall.ended(call));
    }

    /** None for an instance that is gone: its series would begin anew. */
    private Optional<CallMeters> metersOf(String api, CallAccount call, ServedModel model) {
        CallLabels labels =
                new CallLabels(api, call.operation(), model.instance(), model.info().name());
        CallMeters found = meters.get(labels);
        if (found != null) {
            return Optional.of(found);
        }
        CallLabels bounded = known.lists(model) ? labels : labels.ofOtherModels();
        return known.binding(model.instance())
                .map(binding ->
                        meters.computeIfAbsent(
                                bounded, of -> new CallMeters(registry, of, binding)));
    }

    /** Ends the series of instances and models that are gone. */
    void forgetRemoved() {
        Predicate<CallLabels> removed = known.removed();
        meters.forEach((labels, ofThem) -> {
            if (removed.test(labels) && meters.remove(labels, ofThem)) {
                ofThem.remove();
            }
        });
    }
}
