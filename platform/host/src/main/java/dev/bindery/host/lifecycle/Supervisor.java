package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingCard;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceState;
import dev.bindery.host.artifact.FolderWatch;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.generation.LifecycleLimits;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.instance.InstanceStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All bindings: hears of files that come and go, and leads each change to its unit. Thread-safe.
 */
final class Supervisor implements AutoCloseable {
    private final Shelf shelf;
    private final InstanceStore store;
    private final InstanceTable table;
    private final Workshop workshop;
    private final Changeover changeover;
    private final LifecycleLimits limits;
    private final Map<String, BindingUnit> units = new ConcurrentHashMap<>();
    private volatile boolean begun;
    private volatile boolean closed;

    Supervisor(
            Shelf shelf,
            InstanceStore store,
            InstanceTable table,
            Workshop workshop,
            Changeover changeover,
            LifecycleLimits limits) {
        this.shelf = shelf;
        this.store = store;
        this.table = table;
        this.workshop = workshop;
        this.changeover = changeover;
        this.limits = limits;
    }

    /** Hears of the jars of a folder. */
    FolderWatch.Listener jars() {
        return new FolderWatch.Listener() {
            @Override
            public void changed(Path file) {
                Shelf.Change change = jarChanged(file);
                Consumer<BindingUnit> then =
                        change.touched() ? BindingUnit::retrySoon : BindingUnit::reconcileSoon;
                Set<BindingUnit> concerned = units(change.ids());
                if (begun) {
                    concerned.forEach(then);
                }
            }

            @Override
            public void gone(Path file) {
                jarGone(file).forEach(BindingUnit::reconcileSoon);
            }

            @Override
            public void away(Path folder, IOException why) {
                workshop.event(
                        "notification/warning",
                        folder.toString(),
                        "the folder cannot be read (%s); what was in it goes on serving until it is back"
                                .formatted(why));
            }

            // A jar that was installed and removed at once was never seen by the watch.
            @Override
            public void looked() {
                shelf.vanished(Instant.now()).forEach(this::gone);
            }
        };
    }

    /** Everything that is there is known: brings it in line, and what changes from now on. */
    void begin() {
        begun = true;
        shelf.ids().forEach(id -> units(Set.of(id)));
        workshop.retreats().forgetAllBut(units.keySet());
        workshop.place(units.keySet());
        units.values().forEach(BindingUnit::reconcileSoon);
    }

    private Shelf.Change jarChanged(Path file) {
        if (closed) {
            return Shelf.Change.NONE;
        }
        Shelf.Change change = shelf.changed(file);
        shelf.find(file)
                .filter(entry -> !entry.problem().isEmpty())
                .ifPresent(entry ->
                        workshop.event(
                                entry.refused() ? "binding/REFUSED" : "binding/WAITING",
                                file.getFileName().toString(),
                                entry.problem()));
        return change;
    }

    /** Takes a jar that was copied already; its units are not brought in line yet. */
    void jarPlaced(Path file, StagedJar staged) {
        units(shelf.placed(file, staged).ids());
    }

    /** Cancels the calls of a binding that is ending; false when it has none. */
    boolean cancel(String id) {
        if (workshop.departures().calls(id) == 0) {
            return false;
        }
        workshop.departures().cancel(id);
        return true;
    }

    Set<BindingUnit> jarGone(Path file) {
        shelf.find(file)
                .filter(entry -> entry.staged().isEmpty())
                .ifPresent(_ ->
                        workshop.event(
                                "binding/UNLOADED",
                                file.getFileName().toString(),
                                "the file is gone; nothing of it was ever loaded"));
        return units(shelf.gone(file));
    }

    private Set<BindingUnit> units(Set<String> ids) {
        return ids.stream()
                .map(id -> units.computeIfAbsent(id, key -> new BindingUnit(key, workshop, limits)))
                .collect(Collectors.toSet());
    }

    /** Hears of the files of instances. */
    FolderWatch.Listener instanceFiles() {
        return new FolderWatch.Listener() {
            private final Vanishing vanishing = new Vanishing();

            @Override
            public void changed(Path file) {
                Optional<InstanceConfig> before = store.find(nameOf(file));
                String name = store.read(file);
                store.problem(name).ifPresent(problem -> report(name, problem));
                store.find(name)
                        .filter(config -> !before.equals(Optional.of(config)))
                        .ifPresent(config -> configChanged(config, before));
            }

            @Override
            public void gone(Path file) {
                Optional<InstanceConfig> before = store.find(nameOf(file));
                if (store.forget(file)) {
                    before.ifPresentOrElse(
                            Supervisor.this::configGone, () -> complaintGone(nameOf(file)));
                }
            }

            // A file that was written and removed at once was never seen by the watch.
            @Override
            public void looked() {
                vanishing.of(store.files(), Instant.now()).forEach(this::gone);
            }
        };
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replaceFirst("\\.yaml$", "");
    }

    /** Of a file that was wrong from the beginning nothing else is known than that. */
    private void report(String name, String problem) {
        workshop.event("instance/REFUSED", name, problem);
        if (table.find(name).isEmpty()) {
            table.put(InstanceConfig.unreadable(name), InstanceState.FAILED, problem);
        }
    }

    /** What a command removes at this moment is ended by that command. */
    private void complaintGone(String name) {
        table.find(name)
                .filter(row -> row.config().equals(InstanceConfig.unreadable(name)))
                .ifPresent(_ -> table.remove(name));
    }

    private void configChanged(InstanceConfig config, Optional<InstanceConfig> before) {
        before.filter(old -> !old.binding().equals(config.binding())).ifPresent(this::configGone);
        unit(config.binding())
                .ifPresentOrElse(
                        unit -> unit.soon(() -> applyEdit(unit, config.name(), before)),
                        () ->
                                table.put(
                                        config,
                                        InstanceState.STOPPED,
                                        "its binding is not installed"));
    }

    private void applyEdit(BindingUnit unit, String name, Optional<InstanceConfig> before) {
        InstanceConfig config = store.find(name).orElse(null);
        BindingCard card = unit.card().orElse(null);
        if (config == null || card == null) {
            return;
        }
        try {
            store.settings().checkFile(name, card.settings());
            table.find(name)
                    .map(InstanceTable.Row::config)
                    .filter(old -> old.binding().equals(config.binding()))
                    .ifPresent(
                            old -> store.settings().checkAddresses(old, config, card.settings()));
            changeover.apply(
                    unit, config, store.settings().typed(config, card.settings()), () -> {});
        } catch (HostException e) {
            store.reject(config, before, String.valueOf(e.getMessage()));
            store.problem(name).ifPresent(problem -> report(name, problem));
        }
    }

    private void configGone(InstanceConfig config) {
        unit(config.binding())
                .ifPresentOrElse(
                        unit -> {
                            unit.soon(() -> {
                                if (store.find(config.name()).isEmpty()) {
                                    end(config);
                                }
                            });
                            unit.reconcileSoon();
                        },
                        () -> end(config));
    }

    /** Ends an instance that is no longer configured; on its binding's queue. */
    void end(InstanceConfig config) {
        table.find(config.name())
                .flatMap(InstanceTable.Row::running)
                .ifPresent(running ->
                        workshop.departures()
                                .retire(running, InstanceState.STOPPED, "it was removed"));
        table.remove(config.name());
    }

    Optional<BindingUnit> unit(String id) {
        return Optional.ofNullable(units.get(id));
    }

    /** The units by id. */
    Map<String, BindingUnit> units() {
        return new TreeMap<>(units);
    }

    /** Waits until every unit has done what it was asked until now. */
    void settle() {
        List.copyOf(units.values()).forEach(unit -> unit.inTurn(() -> true));
    }

    /** Whether nothing can be changed any more. */
    boolean isClosed() {
        return closed;
    }

    /** Breaks off what is being changed; nothing is changed from then on. */
    @Override
    public void close() {
        closed = true;
        units.values().forEach(BindingUnit::close);
    }

    /** Waits until the changes that were broken off have ended. */
    void awaitEnd(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        for (BindingUnit unit : units.values()) {
            boolean _ = unit.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()));
        }
    }
}
