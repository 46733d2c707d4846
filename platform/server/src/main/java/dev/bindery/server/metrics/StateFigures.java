package dev.bindery.server.metrics;

import dev.bindery.api.Health;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Bindings;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Instances;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** How bindings and instances are, at the moment of a scrape. For one thread at a time. */
final class StateFigures {
    private final Bindings bindings;
    private final Instances instances;
    private final MultiGauge bindingStates;
    private final MultiGauge instanceStates;
    private final MultiGauge inFlight;
    private final MultiGauge queued;
    private final MultiGauge stuck;
    private final MultiGauge degraded;

    StateFigures(MeterRegistry registry, Bindings bindings, Instances instances) {
        this.bindings = bindings;
        this.instances = instances;
        bindingStates =
                gauge(registry, "binding.state", "1 for the state that a binding is in, else 0.");
        instanceStates =
                gauge(
                        registry,
                        "instance.state",
                        "1 for the state that an instance is in, else 0.");
        inFlight = gauge(registry, "instance.calls", "Calls in flight, those included that wait.");
        queued = gauge(registry, "instance.calls.queued", "Calls that wait for a place.");
        stuck =
                gauge(
                        registry,
                        "instance.calls.stuck",
                        "Calls that ignore their cancellation and still run.");
        degraded =
                gauge(
                        registry,
                        "instance.degraded",
                        "1 where an instance serves and says that something is wrong, else 0.");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder("bindery." + name).description(description).register(registry);
    }

    /** Replaces the series by those of what there is now. */
    void refresh() {
        List<InstanceStatus> present = instances.list();
        bindingStates.register(
                bindings.list().stream().flatMap(each -> states(each).stream()).toList(), true);
        instanceStates.register(
                present.stream().flatMap(each -> states(each).stream()).toList(), true);
        inFlight.register(rows(present, InstanceStatus::activeCalls), true);
        queued.register(rows(present, InstanceStatus::queuedCalls), true);
        stuck.register(rows(present, InstanceStatus::stuckCalls), true);
        degraded.register(rows(present, StateFigures::degraded), true);
    }

    private static int degraded(InstanceStatus instance) {
        boolean well = instance.health().status().equals(Health.UP.status());
        return instance.state() == InstanceState.ACTIVE && !well ? 1 : 0;
    }

    private static List<MultiGauge.Row<?>> states(BindingStatus binding) {
        Tags tags = Tags.of("bindery.binding", binding.id());
        return states(tags, BindingState.values(), binding.state());
    }

    private static List<MultiGauge.Row<?>> states(InstanceStatus instance) {
        return states(tags(instance), InstanceState.values(), instance.state());
    }

    private static <S extends Enum<S>> List<MultiGauge.Row<?>> states(
            Tags tags, S[] possible, S actual) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (S state : possible) {
            Tags ofState = tags.and("state", state.name().toLowerCase(Locale.ROOT));
            rows.add(MultiGauge.Row.of(ofState, state == actual ? 1 : 0));
        }
        return rows;
    }

    private static List<MultiGauge.Row<?>> rows(
            List<InstanceStatus> present, ToIntFunction<InstanceStatus> count) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        present.forEach(each -> rows.add(MultiGauge.Row.of(tags(each), count.applyAsInt(each))));
        return rows;
    }

    private static Tags tags(InstanceStatus instance) {
        return Tags.of("bindery.instance", instance.name(), "bindery.binding", instance.binding());
    }
}
