package dev.bindery.host.lifecycle;

import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Bindings;
import dev.bindery.host.HostException;
import dev.bindery.host.artifact.GenerationFolders;
import dev.bindery.host.artifact.IncompleteJarException;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.artifact.Stager;
import dev.bindery.host.checkpoint.Checkpoint;
import dev.bindery.host.document.AtomicFiles;
import dev.bindery.host.state.HostState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the operator does with jars: the drop folder is changed, and what runs follows. */
final class BindingsDoor implements Bindings {
    private final Path folder;
    private final Stager stager;
    private final GenerationFolders copies;
    private final Shelf shelf;
    private final HostState state;
    private final Supervisor supervisor;
    private final BindingList all;

    BindingsDoor(
            Path folder,
            Stager stager,
            GenerationFolders copies,
            Shelf shelf,
            HostState state,
            Supervisor supervisor,
            BindingList all) {
        this.folder = folder;
        this.stager = stager;
        this.copies = copies;
        this.shelf = shelf;
        this.state = state;
        this.supervisor = supervisor;
        this.all = all;
    }

    @Override
    public List<BindingStatus> list() {
        return all.list();
    }

    @Override
    public Optional<BindingStatus> find(String id) {
        return all.find(id);
    }

    /** What there is to change; of a binding that is gone its leak may still be listed. */
    private Optional<BindingStatus> present(String id) {
        return find(id).filter(status -> status.state() != BindingState.LEAKED);
    }

    private BindingStatus known(String id) {
        return present(id)
                .orElseThrow(() ->
                        HostException.notFound(
                                "there is no binding %s; there are: %s"
                                        .formatted(id, String.join(", ", shelf.ids()))));
    }

    @Override
    public BindingStatus install(Path jar) throws IOException {
        refuseWhenClosed();
        Path received = AtomicFiles.temporaryFor(folder.resolve("incoming.jar"));
        String id;
        try (var _ = copies.hold()) {
            Files.copy(jar, received);
            Checkpoint.JAR_RECEIVED.reachedOnDisk();
            StagedJar staged = staged(received, jar.getFileName());
            id = staged.id();
            Path target = place(id);
            AtomicFiles.move(received, target);
            Checkpoint.JAR_PLACED.reached();
            state.unmask(id);
            supervisor.jarPlaced(target, staged);
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.FAILED,
                    "%s cannot be copied into %s: %s; what runs goes on"
                            .formatted(jar.getFileName(), folder, e),
                    e);
        } finally {
            Files.deleteIfExists(received);
        }
        supervisor.unit(id).ifPresent(BindingUnit::retryNow);
        return known(id);
    }

    /** Looks at the jar before anything in the drop folder changes. */
    private StagedJar staged(Path received, Path name) throws IOException {
        try {
            return stager.stage(received);
        } catch (RefusedJarException | IncompleteJarException e) {
            throw HostException.invalid("%s is refused: %s".formatted(name, e.getMessage()));
        }
    }

    /** Where a jar of that id lies, or may lie: no jar of another id is overwritten. */
    private Path place(String id) {
        Optional<Path> present =
                shelf.of(id).stream()
                        .filter(entry -> !entry.bundled())
                        .map(Shelf.Entry::file)
                        .findFirst();
        Path target = present.orElse(folder.resolve(id + ".jar"));
        for (int i = 2; present.isEmpty() && Files.exists(target); i++) {
            target = folder.resolve("%s-%d.jar".formatted(id, i));
        }
        return target;
    }

    private void refuseWhenClosed() {
        if (supervisor.isClosed()) {
            throw SerialQueue.stopping();
        }
    }

    @Override
    public void uninstall(String id, Duration drain) throws IOException {
        refuseWhenClosed();
        if (present(id).isEmpty() && supervisor.cancel(id)) {
            return;
        }
        BindingStatus status = known(id);
        if (status.card().isEmpty()) {
            if (status.bundled()) {
                throw new HostException(
                        HostException.Kind.CONFLICT,
                        "%s belongs to the distribution and cannot be removed by the host"
                                .formatted(status.file()));
            }
            Files.deleteIfExists(status.file());
            supervisor.jarGone(status.file()).forEach(BindingUnit::reconcileNow);
            return;
        }
        if (shelf.of(id).stream().anyMatch(Shelf.Entry::bundled)) {
            state.mask(id);
            Checkpoint.BINDING_MASKED.reached();
        }
        for (Shelf.Entry entry : shelf.of(id)) {
            if (!entry.bundled()) {
                Files.deleteIfExists(entry.file());
                Checkpoint.JAR_REMOVED.reached();
                supervisor.jarGone(entry.file());
            }
        }
        state.implicit(id, false);
        supervisor.unit(id).ifPresent(unit -> unit.endNow(drain));
    }

    @Override
    public BindingStatus enable(String id) {
        return change(id, true, BindingUnit::retryNow);
    }

    @Override
    public BindingStatus disable(String id, Duration drain) {
        if (!state.isEnabled(id) && supervisor.cancel(id)) {
            return known(id);
        }
        return change(id, false, unit -> unit.endNow(drain));
    }

    @Override
    public BindingStatus reload(String id) {
        refuseDisabled(id);
        return change(id, true, BindingUnit::reloadNow);
    }

    @Override
    public BindingStatus rollback(String id) {
        refuseDisabled(id);
        return change(id, true, BindingUnit::rollBackNow);
    }

    private void refuseDisabled(String id) {
        if (!state.isEnabled(id)) {
            throw new HostException(
                    HostException.Kind.CONFLICT,
                    "%s is disabled; enable it with: bindery enable %s".formatted(id, id));
        }
    }

    private BindingStatus change(String id, boolean enabled, Consumer<BindingUnit> change) {
        refuseWhenClosed();
        BindingStatus status = known(id);
        if (status.card().isEmpty()) {
            throw new HostException(
                    HostException.Kind.CONFLICT,
                    "%s cannot be loaded: %s".formatted(status.file(), status.reason()));
        }
        state.enable(id, enabled);
        if (!enabled) {
            Checkpoint.BINDING_DISABLED.reached();
        }
        supervisor.unit(id).ifPresent(change);
        return known(id);
    }
}
