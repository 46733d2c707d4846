package dev.bindery.host.lifecycle;

import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.isolation.leak.Leak;
import dev.bindery.host.state.HostState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** All jars as the operator sees them, shadowed and failed ones included. Thread-safe. */
final class BindingList {
    /** What is listed beside the jar that is meant. */
    private static final Set<BindingState> BESIDE =
            EnumSet.of(BindingState.SHADOWED, BindingState.LEAKED);

    private final Shelf shelf;
    private final HostState state;
    private final Supervisor supervisor;
    private final InstanceTable table;
    private final Supplier<List<Leak>> leaks;

    BindingList(
            Shelf shelf,
            HostState state,
            Supervisor supervisor,
            InstanceTable table,
            Supplier<List<Leak>> leaks) {
        this.shelf = shelf;
        this.state = state;
        this.supervisor = supervisor;
        this.table = table;
        this.leaks = leaks;
    }

    /** All jars, in the order of their ids. */
    List<BindingStatus> list() {
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
        Standing standing = unit.standing();
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
        Standing standing = unit.standing();
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

    private static String problemOf(Shelf.Entry entry, Standing standing) {
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
        return new BindingStatus(
                id,
                BindingState.SHADOWED,
                winner.map(other -> whyNot(entry, other)).orElse("another jar has the same id"),
                entry.staged().map(StagedJar::card),
                entry.file(),
                entry.staged().map(StagedJar::sha256).orElse(""),
                0,
                entry.bundled(),
                List.of(),
                entry.since());
    }

    private static String whyNot(Shelf.Entry entry, Shelf.Entry winner) {
        String found = winner.file() + " has the same id and ";
        String version = versionOf(winner);
        if (entry.bundled() && !winner.bundled()) {
            return found + "lies in the drop folder, which goes first";
        }
        return version.equals(versionOf(entry))
                ? found + "the same version, and its name comes first"
                : found + "a higher version, " + version;
    }

    private static String versionOf(Shelf.Entry entry) {
        return entry.staged().map(jar -> jar.card().version()).orElse("");
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

    Optional<BindingStatus> find(String id) {
        return list().stream()
                .filter(status -> status.id().equals(id))
                .min(Comparator.comparing(status -> BESIDE.contains(status.state())));
    }
}
