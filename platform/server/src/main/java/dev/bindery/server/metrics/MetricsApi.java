package dev.bindery.server.metrics;

import dev.bindery.host.Bindings;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.account.CallAccount;
import dev.bindery.server.account.RequestAccount;
import dev.bindery.server.account.RequestListener;
import dev.bindery.server.http.Access;
import dev.bindery.server.http.Api;
import dev.bindery.server.http.ErrorForm;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}, for Prometheus. Safe for all threads. */
public final class MetricsApi implements RequestListener, AutoCloseable {
    private static final String PATH = "/metrics";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ModelRouter models;
    private final Bindings bindings;
    private final Instances instances;
    private final Queue<Consumer<Figures>> ended = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean loading = new AtomicBoolean();
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Figures figures;

    public MetricsApi(ModelRouter models, Bindings bindings, Instances instances) {
        this.models = models;
        this.bindings = bindings;
        this.instances = instances;
    }

    /**
     * @param errors how refusals are told where no API is responsible
     */
    public Api api(ErrorForm errors) {
        return new Api(
                "metrics",
                PATH,
                Access.METRICS,
                errors,
                Routes.builder().get(PATH, this::scrape).build());
    }

    private void scrape(Exchange exchange) {
        exchange.send(200, TEXT, figures().scrape().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void ended(RequestAccount request) {
        note(made -> made.ended(request));
    }

    @Override
    public void endedBehind(String api, CallAccount call) {
        note(made -> made.endedBehind(api, call));
    }

    private void note(Consumer<Figures> end) {
        ended.add(end);
        Figures made = figures;
        if (made != null) {
            count(made);
        } else if (loading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("metrics").start(() -> count(figures()));
        }
    }

    private void count(Figures made) {
        for (var next = ended.poll(); next != null; next = ended.poll()) {
            next.accept(made);
        }
    }

    /**
     * Nothing of Micrometer is loaded before there is something to count, and nobody waits for it.
     */
    private Figures figures() {
        Figures made = figures;
        return made == null ? make() : made;
    }

    private Figures make() {
        making.lock();
        try {
            Figures made = figures;
            if (made == null) {
                made = new Figures(models, bindings, instances);
                figures = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    @Override
    public void close() {
        Figures made = figures;
        if (made != null) {
            made.close();
        }
    }
}
