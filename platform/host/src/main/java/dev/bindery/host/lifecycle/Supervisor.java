package dev.bindery.host.lifecycle;

import dev.bindery.host.HostException;
import dev.bindery.host.artifact.FolderWatch;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.instance.InstanceStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<String, BindingUnit> units = new ConcurrentHashMap<>();

    Supervisor(
            Shelf shelf,
            InstanceStore store,
            InstanceTable table,
            Workshop workshop,
            Changeover changeover) {
        this.shelf = shelf;
        this.store = store;
        this.table = table;
        this.workshop = workshop;
        this.changeover = changeover;
    }

    /** Hears of the jars of a folder. */
    FolderWatch.Listener jars() {
        return new FolderWatch.Listener() {
            @Override
            public void changed(Path file) {
                jarChanged(file).forEach(BindingUnit::reconcileSoon);
            }

            @Override
            public void gone(Path file) {
                jarGone(file).forEach(BindingUnit::reconcileSoon);
            }
        };
    }

    /** Takes a jar; the units it concerns are not brought in line yet. */
    Set<BindingUnit> jarChanged(Path file) {
        Set<String> ids = shelf.changed(file);
        shelf.find(file)
                .filter(entry -> !entry.problem().isEmpty())
                .ifPresent(entry ->
                        workshop.event(
                                entry.refused() ? "binding/REFUSED" : "binding/WAITING",
                                file.getFileName().toString(),
                                entry.problem()));
        return units(ids);
    }

    Set<BindingUnit> jarGone(Path file) {
        return units(shelf.gone(file));
    }

    private Set<BindingUnit> units(Set<String> ids) {
        return ids.stream()
                .map(id -> units.computeIfAbsent(id, key -> new BindingUnit(key, workshop)))
                .collect(Collectors.toSet());
    }

    /** Hears of the files of instances. */
    FolderWatch.Listener instanceFiles() {
        return new FolderWatch.Listener() {
            @Override
            public void changed(Path file) {
                Optional<InstanceConfig> before = store.find(nameOf(file));
                String name = store.read(file);
                reportProblem(name);
                store.find(name)
                        .filter(config -> !before.equals(Optional.of(config)))
                        .ifPresent(config -> configChanged(config, before));
            }

            @Override
            public void gone(Path file) {
                Optional<InstanceConfig> before = store.find(nameOf(file));
                store.forget(file);
                before.ifPresent(Supervisor.this::configGone);
            }
        };
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replaceFirst("\\.yaml$", "");
    }

    private void reportProblem(String name) {
        String problem = store.problems().get(name);
        if (problem != null) {
            workshop.event("instance/REFUSED", name, problem);
        }
    }

    private void configChanged(InstanceConfig config, Optional<InstanceConfig> before) {
        before.filter(old -> !old.binding().equals(config.binding())).ifPresent(this::configGone);
        unit(config.binding())
                .ifPresent(unit ->
                        unit.inTurn(() -> {
                            applyEdit(unit, config);
                            return true;
                        }));
    }

    private void applyEdit(BindingUnit unit, InstanceConfig config) {
        try {
            unit.card()
                    .ifPresent(card ->
                            changeover.apply(
                                    unit, config, store.typed(config, card.settings()), () -> {}));
        } catch (HostException e) {
            workshop.event(
                    "instance/REFUSED",
                    config.name(),
                    "conf/instances/%s.yaml: %s".formatted(config.name(), e.getMessage()));
        }
    }

    private void configGone(InstanceConfig config) {
        unit(config.binding())
                .ifPresent(unit ->
                        unit.inTurn(() -> {
                            end(config);
                            return true;
                        }));
        unit(config.binding()).ifPresent(BindingUnit::reconcileSoon);
    }

    /** Ends an instance that is no longer configured; on its binding's queue. */
    void end(InstanceConfig config) {
        table.find(config.name())
                .flatMap(InstanceTable.Row::running)
                .ifPresent(running ->
                        workshop.retire(
                                running, dev.bindery.host.InstanceState.STOPPED, "it was removed"));
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

    @Override
    public void close() {
        units.values().forEach(BindingUnit::close);
    }
}
