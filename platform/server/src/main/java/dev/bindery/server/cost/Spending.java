package dev.bindery.server.cost;

import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import dev.bindery.server.account.CallAccount;
import dev.bindery.server.account.RequestAccount;
import dev.bindery.server.account.RequestListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running totals of every instance and model. They are kept in a file, which is written a few
 * seconds after a call at the latest and when the server closes; what a host took in its last
 * seconds before a sudden end is lost. Safe for all threads.
 */
public final class Spending implements RequestListener, AutoCloseable {
    /** Stands for all models of an instance that it does not list: clients may make up names. */
    static final String OTHER = "_OTHER";

    private static final Logger LOG = LoggerFactory.getLogger(Spending.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final SpendingFile file;
    private final ModelRouter models;
    private final Duration delay;
    private final Map<String, Map<String, ModelTotal>> totals;
    private boolean unwritten;
    private boolean writing;

    Spending(SpendingFile file, ModelRouter models, Duration delay) {
        this.file = file;
        this.models = models;
        this.delay = delay;
        this.totals = file.read();
    }

    /** Goes on with what the home knows of earlier runs. */
    public static Spending keptIn(Path home, ModelRouter models) {
        return new Spending(new SpendingFile(home.resolve("state/costs.json")), models, SOON);
    }

    @Override
    public void ended(RequestAccount request) {
        request.calls().forEach(this::add);
    }

    @Override
    public void endedBehind(String api, CallAccount call) {
        add(call);
    }

    private void add(CallAccount call) {
        call.model().ifPresent(model -> add(model, ModelTotal.of(call)));
    }

    private void add(ServedModel model, ModelTotal call) {
        String name = model.info().name();
        boolean listed = isKnown(model) || isListed(model);
        synchronized (this) {
            totals.computeIfAbsent(model.instance(), _ -> new TreeMap<>())
                    .merge(listed ? name : OTHER, call, ModelTotal::plus);
            writeSoon();
        }
    }

    private synchronized boolean isKnown(ServedModel model) {
        return totals.getOrDefault(model.instance(), Map.of()).containsKey(model.info().name());
    }

    private boolean isListed(ServedModel model) {
        return models.models().stream().map(ServedModel::id).anyMatch(model.id()::equals);
    }

    /** The totals of an instance by its models; empty where it has had no calls. */
    public synchronized Map<String, ModelTotal> of(String instance) {
        return new TreeMap<>(totals.getOrDefault(instance, Map.of()));
    }

    /** Everything, those instances included that are no more. */
    public synchronized ModelTotal all() {
        return totals.values().stream()
                .map(models -> ModelTotal.sum(models.values()))
                .reduce(ModelTotal.NOTHING, ModelTotal::plus);
    }

    /** An instance has another name from now on. */
    public synchronized void renamed(String from, String to) {
        Map<String, ModelTotal> moved = totals.remove(from);
        if (moved != null) {
            Map<String, ModelTotal> there = totals.computeIfAbsent(to, _ -> new TreeMap<>());
            moved.forEach((model, total) -> there.merge(model, total, ModelTotal::plus));
            writeSoon();
        }
    }

    private void writeSoon() {
        unwritten = true;
        if (!writing) {
            writing = true;
            Thread.ofVirtual()
                    .name("spending")
                    .inheritInheritableThreadLocals(false)
                    .start(this::writeAfterDelay);
        }
    }

    private void writeAfterDelay() {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        write();
    }

    private synchronized void write() {
        writing = false;
        if (unwritten) {
            try {
                file.write(totals);
                unwritten = false;
            } catch (IOException e) {
                LOG.warn("what was spent cannot be kept: {}", e.toString());
            }
        }
    }

    /** Keeps what is not kept yet. */
    @Override
    public void close() {
        write();
    }
}
