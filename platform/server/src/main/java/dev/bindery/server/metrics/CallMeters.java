package dev.bindery.server.metrics;

import dev.bindery.server.account.CallAccount;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The meters of calls with the same labels, by OpenTelemetry's conventions for generative AI. Safe
 * for all threads.
 */
final class CallMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Queue<Meter> made = new ConcurrentLinkedQueue<>();
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Map<String, DistributionSummary> tokens = new ConcurrentHashMap<>();
    private final Map<String, Timer> times = new ConcurrentHashMap<>();
    private final Map<String, Counter> costs = new ConcurrentHashMap<>();

    CallMeters(MeterRegistry registry, CallLabels labels, String binding) {
        this.registry = registry;
        this.tags =
                Tags.of(
                        "bindery.api", labels.api(),
                        "bindery.instance", labels.instance(),
                        "gen_ai.operation.name", labels.operation(),
                        "gen_ai.provider.name", binding,
                        "gen_ai.request.model", labels.model());
    }

    /** The duration comes last: whoever sees it sees all of the call. */
    void ended(CallAccount call) {
        count("input", call.ownUsage().inputTokens());
        count("output", call.ownUsage().outputTokens());
        call.ownCost()
                .ifPresent(cost ->
                        costs.computeIfAbsent(cost.currency(), this::cost)
                                .increment(cost.amount()));
        if (call.error().isEmpty()) {
            call.toFirstPiece().ifPresent(first -> succeeded(call, first));
        }
        durations.computeIfAbsent(call.error().orElse(""), this::duration).record(call.duration());
    }

    private void succeeded(CallAccount call, Duration first) {
        times.computeIfAbsent("gen_ai.server.time_to_first_token", this::toFirstToken)
                .record(first);
        long following = call.usage().outputTokens().orElse(0) - 1;
        if (following > 0) {
            Duration rest = call.duration().minus(first);
            times.computeIfAbsent("gen_ai.server.time_per_output_token", this::perToken)
                    .record(rest.dividedBy(following));
        }
    }

    private void count(String type, OptionalLong count) {
        count.ifPresent(known -> tokens.computeIfAbsent(type, this::tokens).record((double) known));
    }

    private Timer duration(String error) {
        return made(
                Timer.builder("gen_ai.server.request.duration")
                        .description("How long calls of models took, to their end or failure.")
                        .tags(tags.and("error.type", error))
                        .serviceLevelObjectives(Buckets.DURATION)
                        .register(registry));
    }

    private Timer toFirstToken(String name) {
        return made(
                Timer.builder(name)
                        .description("How long it took to the first piece of answers that came.")
                        .tags(tags)
                        .serviceLevelObjectives(Buckets.TO_FIRST_TOKEN)
                        .register(registry));
    }

    private Timer perToken(String name) {
        return made(
                Timer.builder(name)
                        .description("The time for each token after the first, by answer.")
                        .tags(tags)
                        .serviceLevelObjectives(Buckets.PER_TOKEN)
                        .register(registry));
    }

    private DistributionSummary tokens(String type) {
        return made(
                DistributionSummary.builder("gen_ai.client.token.usage")
                        .description("How many tokens calls of models took.")
                        .tags(tags.and("gen_ai.token.type", type))
                        .serviceLevelObjectives(Buckets.TOKENS)
                        .register(registry));
    }

    private Counter cost(String currency) {
        return made(
                Counter.builder("bindery.cost")
                        .description("What calls of models cost, where their price is known.")
                        .tags(tags.and("bindery.currency", currency))
                        .register(registry));
    }

    private <T extends Meter> T made(T meter) {
        made.add(meter);
        return meter;
    }

    /** Ends these series. */
    void remove() {
        made.forEach(registry::remove);
    }
}
