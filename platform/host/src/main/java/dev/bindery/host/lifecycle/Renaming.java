package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingCard;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.HostException;
import dev.bindery.host.checkpoint.Checkpoint;
import dev.bindery.host.generation.RunningInstance;
import dev.bindery.host.instance.Draft;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.instance.InstanceMove;
import dev.bindery.host.instance.InstanceStore;
import dev.bindery.host.instance.Secrets;
import dev.bindery.host.state.HostState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Gives instances other names, while they serve. The state says so first; from then on the change
 * is made at the next start at the latest. A fresh instance takes over under the new name; what is
 * in flight under the old one goes on to its end.
 */
final class Renaming {
    private final InstanceStore store;
    private final InstanceMove move;
    private final HostState state;
    private final Supervisor supervisor;
    private final InstanceTable table;
    private final Workshop workshop;
    private final Changeover changeover;

    Renaming(
            InstanceStore store,
            InstanceMove move,
            HostState state,
            Supervisor supervisor,
            InstanceTable table,
            Workshop workshop,
            Changeover changeover) {
        this.store = store;
        this.move = move;
        this.state = state;
        this.supervisor = supervisor;
        this.table = table;
        this.workshop = workshop;
        this.changeover = changeover;
    }

    /**
     * Makes the changes that the end of an earlier host has broken off; before anything is read.
     */
    void finish() {
        state.renames()
                .forEach((from, rename) -> {
                    try {
                        if (!rename.done()) {
                            move.move(from, rename.to());
                            state.endRename(from, rename.to());
                        }
                        move.unlink(from);
                    } catch (IOException e) {
                        workshop.event(
                                "notification/warning",
                                from,
                                "it is to be called %s, but its files cannot be moved: %s; it is tried again at the next start"
                                        .formatted(rename.to(), e));
                    }
                });
    }

    /**
     * @throws HostException when it is refused; nothing has changed then
     */
    void rename(String name, String to) {
        InstanceConfig config = configured(name);
        BindingUnit unit =
                supervisor
                        .unit(config.binding())
                        .orElseThrow(() ->
                                new HostException(
                                        HostException.Kind.CONFLICT,
                                        "the binding %s of %s is not installed; install it first"
                                                .formatted(config.binding(), name)));
        unit.inTurn(() -> {
            store.refresh(name);
            store.problem(name)
                    .ifPresent(problem -> {
                        throw HostException.invalid(problem + "; correct the file first");
                    });
            rename(unit, configured(name), to);
            return true;
        });
    }

    private InstanceConfig configured(String name) {
        return store.find(name)
                .or(() -> table.find(name).map(InstanceTable.Row::config))
                .orElseThrow(() -> HostException.notFound(table.unknown(name)));
    }

    private void rename(BindingUnit unit, InstanceConfig config, String to) {
        checkFree(config.name(), to);
        Optional<RunningInstance> running =
                table.find(config.name()).flatMap(InstanceTable.Row::running);
        Steps steps = new Steps(config, to);
        if (running.isEmpty() || unit.serving().isEmpty()) {
            steps.run();
            table.find(config.name()).ifPresent(row -> replace(unit, row, config.named(to)));
            move.unlink(config.name());
            return;
        }
        BindingCard card = unit.card().orElseThrow();
        Secrets secrets = store.secrets(config.name());
        TypedConfig settings =
                store.settings().typed(new Draft(config.named(to), secrets), card.settings());
        CountDownLatch end =
                changeover.rename(unit, running.get(), config.named(to), settings, steps);
        unlinkAfter(end, config.name());
    }

    private void checkFree(String name, String to) {
        if (to.equals(name)) {
            throw HostException.invalid("%s is its name already".formatted(name));
        }
        store.checkFree(to);
        if (table.find(to).isPresent()) {
            throw InstanceStore.taken(to);
        }
    }

    /** What does not serve is looked at once more under its new name. */
    private void replace(BindingUnit unit, InstanceTable.Row row, InstanceConfig config) {
        table.remove(row.config().name());
        if (unit.serving().isPresent()) {
            unit.startAgain();
        } else {
            table.put(config, row.state(), row.reason());
        }
    }

    private void unlinkAfter(CountDownLatch end, String name) {
        Thread.ofVirtual()
                .name("unlink-" + name)
                .start(() -> {
                    try {
                        end.await();
                        move.unlink(name);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** The steps on disk, and back. */
    private final class Steps implements Changeover.Reversible {
        private final InstanceConfig config;
        private final String to;

        Steps(InstanceConfig config, String to) {
            this.config = config;
            this.to = to;
        }

        @Override
        public void run() {
            try {
                move.clear(to);
                store.settle(config);
            } catch (IOException e) {
                throw failed(e);
            }
            state.beginRename(config.name(), to);
            Checkpoint.RENAME_NOTED.reached();
            try {
                InstanceConfig _ = store.move(config, to, move);
            } catch (IOException e) {
                undo();
                throw failed(e);
            }
            state.endRename(config.name(), to);
            Checkpoint.RENAME_ENDED.reached();
        }

        private HostException failed(IOException e) {
            return new HostException(
                    HostException.Kind.FAILED,
                    "%s cannot be renamed: %s; nothing was changed".formatted(config.name(), e),
                    e);
        }

        @Override
        public void undo() {
            state.revertRename(config.name(), to);
            try {
                InstanceConfig _ = store.move(config.named(to), config.name(), move);
                if (config.implicit()) {
                    store.remove(config.name());
                    state.implicit(config.name(), true);
                }
            } catch (IOException e) {
                workshop.event(
                        "notification/warning",
                        config.name(),
                        "its files cannot be moved back from the name %s: %s; it is tried again at the next start"
                                .formatted(to, e));
                return;
            }
            state.forgetRename(to);
            move.unlink(to);
        }
    }
}
