package dev.bindery.server.metrics;

import dev.bindery.host.Bindings;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.account.CallAccount;
import dev.bindery.server.account.RequestAccount;
import dev.bindery.server.account.RequestListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** All figures of one server. Safe for all threads. */
final class Figures implements RequestListener, AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Ended, Counter> requests = new ConcurrentHashMap<>();
    private final CallFigures calls;
    private final StateFigures states;
    private final JvmFigures jvm;
    private final ReentrantLock scraping = new ReentrantLock();

    Figures(ModelRouter models, Bindings bindings, Instances instances) {
        calls = new CallFigures(registry, new KnownModels(models, instances));
        states = new StateFigures(registry, bindings, instances);
        jvm = new JvmFigures(registry);
    }

    @Override
    public void ended(RequestAccount request) {
        requests.computeIfAbsent(Ended.of(request), this::counter).increment();
        request.calls().forEach(call -> calls.ended(request.api(), call));
    }

    @Override
    public void endedBehind(String api, CallAccount call) {
        calls.ended(api, call);
    }

    private Counter counter(Ended request) {
        return Counter.builder("bindery.requests")
                .description("Requests that have ended, those included that were refused.")
                .tag("bindery.api", request.api)
                .tag("status", request.status == 0 ? "" : Integer.toString(request.status))
                .tag("error.type", request.failure)
                .register(registry);
    }

    /** What tells requests apart; the status is 0 where no answer was begun. */
    private record Ended(String api, int status, String failure) {
        static Ended of(RequestAccount request) {
            return new Ended(
                    request.api(), request.status().orElse(0), request.failure().orElse(""));
        }
    }

    /** The figures of this moment, as text. */
    String scrape() {
        scraping.lock();
        try {
            calls.forgetRemoved();
            states.refresh();
            return registry.scrape();
        } finally {
            scraping.unlock();
        }
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }
}
