package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import dev.bindery.host.InstanceState;
import dev.bindery.host.call.Directory;
import dev.bindery.host.generation.RunningInstance;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.state.HostState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** All instances and where they stand: what the router and the operator see. Thread-safe. */
final class InstanceTable implements Directory {
    private static final Duration EXCHANGE = Duration.ofSeconds(60);

    private final Map<String, Row> rows = new ConcurrentHashMap<>();
    private final HostState state;
    private final EventLog events;
    private volatile Consumer<String> watcher = _ -> {};
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();

    InstanceTable(HostState state, EventLog events) {
        this.state = state;
        this.events = events;
    }

    /**
     * One instance.
     *
     * @param running what serves now; absent when nothing does
     * @param exchanging whether its successor is being started while callers wait
     */
    record Row(
            InstanceConfig config,
            InstanceState state,
            String reason,
            Optional<RunningInstance> running,
            boolean exchanging) {}

    void put(InstanceConfig config, InstanceState state, String reason) {
        put(new Row(config, state, reason, Optional.empty(), false));
    }

    void serving(RunningInstance running, String remark) {
        put(new Row(running.config(), InstanceState.ACTIVE, remark, Optional.of(running), false));
    }

    /** Keeps callers waiting until the successor serves, or {@link #put} says that none will. */
    void exchanging(InstanceConfig config) {
        put(new Row(config, InstanceState.STARTING, "being exchanged", Optional.empty(), true));
    }

    private void put(Row row) {
        state.append(List.of(row.config().name()));
        Row before = rows.put(row.config().name(), row);
        if (before == null
                || before.state() != row.state()
                || !before.reason().equals(row.reason())) {
            events.publish(
                    "instance/" + row.state(),
                    row.config().name(),
                    row.reason(),
                    JsonObject.of("binding", row.config().binding()));
        }
        watcher.accept(row.config().name());
        wake();
    }

    private void wake() {
        lock.lock();
        try {
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Hears the name of every instance that has changed or is gone. */
    void watch(Consumer<String> changed) {
        watcher = changed;
    }

    void remove(String instance) {
        Row before = rows.remove(instance);
        if (before != null) {
            events.publish(
                    "instance/REMOVED",
                    instance,
                    "",
                    JsonObject.of("binding", before.config().binding()));
            watcher.accept(instance);
            wake();
        }
    }

    Optional<Row> find(String instance) {
        return Optional.ofNullable(rows.get(instance));
    }

    Collection<Row> all() {
        return order().stream().flatMap(name -> find(name).stream()).toList();
    }

    /** The instances of a binding. */
    List<Row> of(String binding) {
        return all().stream().filter(row -> row.config().binding().equals(binding)).toList();
    }

    @Override
    public List<String> order() {
        List<String> order = new ArrayList<>(state.order());
        order.retainAll(rows.keySet());
        return order;
    }

    @Override
    public Optional<String> alias(String name) {
        if (rows.values().stream().noneMatch(row -> row.config().aliases().containsKey(name))) {
            return Optional.empty();
        }
        for (Row row : all()) {
            String model = row.config().aliases().get(name);
            if (model != null) {
                return Optional.of(row.config().name() + "/" + model);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> defaultModel(String instance) {
        return find(instance).flatMap(row -> row.config().defaultModel());
    }

    @Override
    public Optional<String> renamed(String instance) {
        return rows.containsKey(instance)
                ? Optional.empty()
                : state.renamed(instance).filter(rows::containsKey);
    }

    /** Says that an instance is not there, and what to do. */
    String unknown(String instance) {
        return renamed(instance)
                .map(now -> "there is no instance %s; it is called %s now".formatted(instance, now))
                .orElseGet(() ->
                        "there is no instance %s; there are: %s"
                                .formatted(instance, String.join(", ", order())));
    }

    @Override
    public BindingException absence(String instance) {
        Row row = rows.get(instance);
        if (row == null) {
            return BindingException.modelNotFound(unknown(instance));
        }
        ErrorCode code =
                row.state() == InstanceState.NEEDS_CONFIGURATION
                        ? ErrorCode.NOT_CONFIGURED
                        : ErrorCode.UPSTREAM_UNAVAILABLE;
        return new BindingException(
                code,
                "the instance %s does not serve (%s)%s"
                        .formatted(
                                instance,
                                row.state(),
                                row.reason().isEmpty() ? "" : ": " + row.reason()));
    }

    @Override
    public boolean awaitReturn(String instance) throws InterruptedException {
        long nanos = EXCHANGE.toNanos();
        lock.lockInterruptibly();
        try {
            while (find(instance).filter(Row::exchanging).isPresent() && nanos > 0) {
                nanos = returned.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
        return find(instance).flatMap(Row::running).isPresent();
    }
}
