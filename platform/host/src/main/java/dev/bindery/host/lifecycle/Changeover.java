package dev.bindery.host.lifecycle;

import dev.bindery.api.Swap;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceState;
import dev.bindery.host.generation.Generation;
import dev.bindery.host.generation.LifecycleException;
import dev.bindery.host.generation.RunningInstance;
import dev.bindery.host.instance.InstanceConfig;
import dev.bindery.host.instance.LimitsOf;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Brings one instance in line with another configuration: live where the binding takes it, else by
 * a fresh instance that takes over. A configuration that is refused changes nothing. Runs on the
 * queue of the instance's binding.
 */
final class Changeover {
    private final Workshop workshop;
    private final InstanceTable table;

    Changeover(Workshop workshop, InstanceTable table) {
        this.workshop = workshop;
        this.table = table;
    }

    /** Makes the configuration durable, once it is known to work. */
    @FunctionalInterface
    interface Commit {
        void run() throws IOException;
    }

    /**
     * @throws HostException when the configuration is refused, or cannot be made durable
     */
    void apply(BindingUnit unit, InstanceConfig config, TypedConfig settings, Commit commit) {
        Optional<RunningInstance> running =
                table.find(config.name()).flatMap(InstanceTable.Row::running);
        Optional<Generation> generation = unit.serving();
        if (!config.enabled()) {
            rest(config, running, commit, InstanceState.DISABLED, "switched off by the operator");
        } else if (!settings.missing().isEmpty()) {
            String needs = Wording.needs(config.name(), settings.missing());
            rest(config, running, commit, InstanceState.NEEDS_CONFIGURATION, needs);
        } else if (generation.isEmpty()) {
            rest(config, running, commit, InstanceState.STOPPED, "its binding does not serve");
        } else if (running.isPresent()
                && isSamePlace(running.get().config(), config)
                && isLive(running.get(), settings)) {
            keep(running.get(), config, commit);
        } else {
            exchange(unit, generation.get(), config, settings, running, commit);
        }
    }

    private void rest(
            InstanceConfig config,
            Optional<RunningInstance> running,
            Commit commit,
            InstanceState state,
            String reason) {
        commit(commit);
        table.put(config, state, reason);
        running.ifPresent(instance -> {
            instance.config(config);
            workshop.departures().retire(instance, state, reason);
        });
    }

    /** Whether code that runs may go on where it is, with what of the host it sees. */
    private static boolean isSamePlace(InstanceConfig running, InstanceConfig wanted) {
        return running.placement().equals(wanted.placement())
                && running.calls().equals(wanted.calls());
    }

    private static boolean isLive(RunningInstance running, TypedConfig settings) {
        if (running.settings().values().equals(settings.values())) {
            return true;
        }
        try {
            return running.offer(settings);
        } catch (LifecycleException e) {
            throw HostException.invalid(
                    "refused: %s; nothing was changed".formatted(e.getMessage()));
        }
    }

    private void keep(RunningInstance running, InstanceConfig config, Commit commit) {
        commit(commit);
        running.config(config);
        running.endpoint()
                .limit(LimitsOf.config(config.limits(), running.generation().card().concurrency()));
        table.serving(running, "");
    }

    private void exchange(
            BindingUnit unit,
            Generation generation,
            InstanceConfig config,
            TypedConfig settings,
            Optional<RunningInstance> running,
            Commit commit) {
        boolean exclusive = generation.card().swap() == Swap.EXCLUSIVE && running.isPresent();
        if (exclusive) {
            workshop.departures().clear(List.of(running.get()));
        }
        try {
            takeOver(generation, config, settings, running, commit);
        } catch (HostException e) {
            if (exclusive) {
                unit.startAgain();
            }
            throw e;
        }
    }

    private void takeOver(
            Generation generation,
            InstanceConfig config,
            TypedConfig settings,
            Optional<RunningInstance> running,
            Commit commit) {
        RunningInstance next;
        try {
            next = workshop.start(generation, config, settings, running);
        } catch (LifecycleException e) {
            if (e.needsConfiguration() && running.isEmpty()) {
                String needs = String.valueOf(e.getMessage());
                rest(config, running, commit, InstanceState.NEEDS_CONFIGURATION, needs);
                return;
            }
            throw HostException.invalid(
                    "refused: %s; nothing was changed".formatted(e.getMessage()));
        }
        try {
            commit(commit);
        } catch (HostException e) {
            workshop.departures().discard(next);
            throw e;
        }
        workshop.takeOver(generation, List.of(next));
    }

    /** Makes a configuration durable, and takes that back. */
    interface Reversible {
        /**
         * @throws HostException when it cannot be done; nothing has changed then
         */
        void run();

        void undo();
    }

    /**
     * Lets a fresh instance take over under another name.
     *
     * @return ends when the old one has ended, with its last call
     * @throws HostException when it does not start; the old one serves on
     */
    CountDownLatch rename(
            BindingUnit unit,
            RunningInstance old,
            InstanceConfig config,
            TypedConfig settings,
            Reversible names) {
        Generation generation = unit.serving().orElseThrow();
        boolean exclusive = generation.card().swap() == Swap.EXCLUSIVE;
        if (exclusive) {
            workshop.departures().clear(List.of(old));
        }
        RunningInstance next;
        try {
            names.run();
            next = started(generation, config, settings, old, names);
        } catch (HostException e) {
            if (exclusive) {
                unit.startAgain();
            }
            throw e;
        }
        workshop.takeOver(generation, List.of(next));
        CountDownLatch end =
                exclusive ? new CountDownLatch(0) : workshop.departures().superseded(old);
        table.remove(old.config().name());
        return end;
    }

    private RunningInstance started(
            Generation generation,
            InstanceConfig config,
            TypedConfig settings,
            RunningInstance old,
            Reversible names) {
        try {
            return workshop.start(generation, config, settings, Optional.of(old));
        } catch (LifecycleException | HostException e) {
            names.undo();
            throw HostException.invalid(
                    "refused: %s; nothing was changed".formatted(e.getMessage()));
        }
    }

    private static void commit(Commit commit) {
        try {
            commit.run();
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.FAILED,
                    "the configuration cannot be written: %s; nothing was changed".formatted(e),
                    e);
        }
    }
}
