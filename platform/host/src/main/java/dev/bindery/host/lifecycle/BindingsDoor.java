package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingCard;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Bindings;
import dev.bindery.host.HostException;
import dev.bindery.host.artifact.IncompleteJarException;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.artifact.Stager;
import dev.bindery.host.isolation.leak.Leak;
import dev.bindery.host.state.HostState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What the operator does with jars: the drop folder is changed, and what runs follows. */
final class BindingsDoor implements Bindings {
    /** What is listed beside the jar that is meant. */
    private static final Set<BindingState> BESIDE =
            EnumSet.of(BindingState.SHADOWED, BindingState.LEAKED);

    private final Path folder;
    private final Stager stager;
    private final Shelf shelf;
    private final HostState state;
    private final Supervisor supervisor;
    private final InstanceTable table;
    private final Supplier<List<Leak>> leaks;

    BindingsDoor(
            Path folder,
            Stager stager,
            Shelf shelf,
            HostState state,
            Supervisor supervisor,
            InstanceTable table,
            Supplier<List<Leak>> leaks) {
        this.folder = folder;
        this.stager = stager;
        this.shelf = shelf;
        this.state = state;
        this.supervisor = supervisor;
        this.table = table;
        this.leaks = leaks;
    }

    @Override
    public List<BindingStatus> list() {
        List<BindingStatus> all = new ArrayList<>();
        shelf.ids().forEach(id -> all.addAll(ofId(id)));
        shelf.unreadable().forEach(entry -> all.add(ofFile(entry)));
        supervisor.units().forEach((id, unit) -> leaving(id, unit).ifPresent(all::add));
        leaks.get().forEach(leak -> all.add(ofLeak(leak)));
        all.sort(Comparator.comparing(BindingStatus::id));
        return all;
    }

    private List<BindingStatus> ofId(String id) {
        List<Shelf.Entry> entries = shelf.of(id);
        Optional<Shelf.Entry> winner = shelf.winner(id, !state.isMasked(id));
        List<BindingStatus> all = new ArrayList<>();
        for (Shelf.Entry entry : entries) {
            if (winner.equals(Optional.of(entry))) {
                supervisor.unit(id).map(unit -> meant(id, entry, unit)).ifPresent(all::add);
            } else if (!(entry.bundled() && state.isMasked(id))) {
                all.add(shadowed(id, entry, winner));
            }
        }
        return all;
    }

    /** A jar is on the shelf a moment before the supervisor has its unit. */
    private BindingStatus meant(String id, Shelf.Entry entry, BindingUnit unit) {
        BindingUnit.Standing standing = unit.standing();
        Optional<StagedJar> jar = standing.serving().or(entry::staged);
        return new BindingStatus(
                id,
                standing.state(),
                entry.problem().isEmpty() ? standing.reason() : problemOf(entry, standing),
                jar.map(StagedJar::card),
                entry.file(),
                jar.map(StagedJar::sha256).orElse(""),
                standing.generation(),
                entry.bundled(),
                table.of(id).stream().map(row -> row.config().name()).toList(),
                standing.since());
    }

    /** A binding whose jar is gone and which is being ended. */
    private Optional<BindingStatus> leaving(String id, BindingUnit unit) {
        BindingUnit.Standing standing = unit.standing();
        return standing.serving()
                .filter(_ -> !shelf.ids().contains(id))
                .map(jar ->
                        new BindingStatus(
                                id,
                                BindingState.DRAINING,
                                "its jar was removed",
                                Optional.of(jar.card()),
                                jar.jar(),
                                jar.sha256(),
                                standing.generation(),
                                false,
                                table.of(id).stream().map(row -> row.config().name()).toList(),
                                standing.since()));
    }

    private static String problemOf(Shelf.Entry entry, BindingUnit.Standing standing) {
        return standing.serving()
                .map(jar ->
                        "%s was %s, version %s goes on serving: %s"
                                .formatted(
                                        entry.file().getFileName(),
                                        entry.refused() ? "refused" : "not taken yet",
                                        jar.card().version(),
                                        entry.problem()))
                .orElse(entry.problem());
    }

    private static BindingStatus shadowed(
            String id, Shelf.Entry entry, Optional<Shelf.Entry> winner) {
        String by = winner.map(other -> other.file().toString()).orElse("another jar");
        return new BindingStatus(
                id,
                BindingState.SHADOWED,
                by + " has the same id and is preferred",
                entry.staged().map(StagedJar::card),
                entry.file(),
                entry.staged().map(StagedJar::sha256).orElse(""),
                0,
                entry.bundled(),
                List.of(),
                entry.since());
    }

    private static BindingStatus ofLeak(Leak leak) {
        return new BindingStatus(
                leak.binding(),
                BindingState.LEAKED,
                leak.sentence(),
                Optional.empty(),
                Path.of(""),
                "",
                0,
                false,
                List.of(),
                leak.since());
    }

    private static BindingStatus ofFile(Shelf.Entry entry) {
        return new BindingStatus(
                entry.file().getFileName().toString().replaceFirst("\\.jar$", ""),
                entry.refused() ? BindingState.FAILED : BindingState.STAGED,
                entry.problem(),
                Optional.empty(),
                entry.file(),
                "",
                0,
                entry.bundled(),
                List.of(),
                entry.since());
    }

    @Override
    public Optional<BindingStatus> find(String id) {
        return list().stream()
                .filter(status -> status.id().equals(id))
                .min(Comparator.comparing(status -> BESIDE.contains(status.state())));
    }

    private BindingStatus known(String id) {
        return find(id).orElseThrow(() ->
                HostException.notFound(
                        "there is no binding %s; there are: %s"
                                .formatted(id, String.join(", ", shelf.ids()))));
    }

    @Override
    public BindingStatus install(Path jar) throws IOException {
        refuseWhenClosed();
        String id = idOf(jar);
        Path target =
                shelf.of(id).stream()
                        .filter(entry -> !entry.bundled())
                        .map(Shelf.Entry::file)
                        .findFirst()
                        .orElse(folder.resolve(id + ".jar"));
        put(jar, target);
        state.mask(id, false);
        supervisor.jarChanged(target);
        supervisor.unit(id).ifPresent(BindingUnit::retryNow);
        return known(id);
    }

    /** Replaces the file as a whole, so that nobody ever sees half of it. */
    private void put(Path jar, Path target) throws IOException {
        Path temporary = folder.resolve("." + UUID.randomUUID() + ".incoming");
        try {
            Files.copy(jar, temporary);
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void refuseWhenClosed() {
        if (supervisor.isClosed()) {
            throw SerialQueue.stopping();
        }
    }

    /** Looks at the jar before the drop folder is touched. */
    private String idOf(Path jar) throws IOException {
        try {
            return stager.stage(jar).id();
        } catch (RefusedJarException | IncompleteJarException e) {
            throw HostException.invalid(
                    "%s is refused: %s".formatted(jar.getFileName(), e.getMessage()));
        }
    }

    private static void bringInLine(Set<BindingUnit> units) {
        units.forEach(unit -> unit.reconcileNow(false));
    }

    @Override
    public void uninstall(String id) throws IOException {
        refuseWhenClosed();
        BindingStatus status = known(id);
        if (status.card().isEmpty()) {
            if (status.bundled()) {
                throw new HostException(
                        HostException.Kind.CONFLICT,
                        "%s belongs to the distribution and cannot be removed by the host"
                                .formatted(status.file()));
            }
            Files.deleteIfExists(status.file());
            bringInLine(supervisor.jarGone(status.file()));
            return;
        }
        for (Shelf.Entry entry : shelf.of(id)) {
            if (entry.bundled()) {
                state.mask(id, true);
            } else {
                Files.deleteIfExists(entry.file());
                supervisor.jarGone(entry.file());
            }
        }
        state.implicit(id, false);
        supervisor.unit(id).ifPresent(unit -> unit.reconcileNow(false));
    }

    @Override
    public BindingStatus enable(String id) {
        return change(id, true, false);
    }

    @Override
    public BindingStatus disable(String id) {
        return change(id, false, false);
    }

    @Override
    public BindingStatus reload(String id) {
        if (!state.isEnabled(id)) {
            throw new HostException(
                    HostException.Kind.CONFLICT,
                    "%s is disabled; enable it with: bindery enable %s".formatted(id, id));
        }
        return change(id, true, true);
    }

    private BindingStatus change(String id, boolean enabled, boolean reload) {
        refuseWhenClosed();
        BindingStatus status = known(id);
        Optional<BindingCard> card = status.card();
        if (card.isEmpty()) {
            throw new HostException(
                    HostException.Kind.CONFLICT,
                    "%s cannot be loaded: %s".formatted(status.file(), status.reason()));
        }
        state.enable(id, enabled);
        supervisor.unit(id).ifPresent(unit -> unit.reconcileNow(reload));
        return known(id);
    }
}
