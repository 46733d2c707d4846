package dev.bindery.host.lifecycle;

import dev.bindery.api.Swap;
import dev.bindery.host.BindingState;
import dev.bindery.host.HostException;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.checkpoint.Checkpoint;
import dev.bindery.host.generation.Generation;
import dev.bindery.host.generation.LifecycleException;
import dev.bindery.host.generation.RunningInstance;
import dev.bindery.host.instance.InstanceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a jar of one binding up in place of the generation that serves: load, start, note,
 * register, retire, in this order, so that whatever fails or ends before the note leaves the old
 * one, and whatever ends after it the new one. For the binding's queue alone.
 */
final class Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final String id;
    private final Workshop workshop;
    private final BiConsumer<BindingState, String> announce;
    private final IntFunction<Trial.Judge> judges;
    private int lastNumber;

    /**
     * @param announce hears the states on the way, with the version
     * @param judges gives the judge of the generation of a number
     */
    Succession(
            String id,
            Workshop workshop,
            BiConsumer<BindingState, String> announce,
            IntFunction<Trial.Judge> judges) {
        this.id = id;
        this.workshop = workshop;
        this.announce = announce;
        this.judges = judges;
    }

    /**
     * @param commit makes durable what goes with it, before the first call reaches it
     * @return the generation that serves now
     * @throws LifecycleException when it does not come up; what served before serves on
     */
    Generation bringUp(StagedJar jar, Optional<Generation> old, Runnable commit) {
        try {
            announce.accept(BindingState.VERIFIED, jar.card().version());
            int number = ++lastNumber;
            Generation next = workshop.load(jar, number, judges.apply(number));
            Checkpoint.GENERATION_LOADED.reached();
            return takeOver(next, old, commit);
        } catch (LifecycleException e) {
            throw e;
        } catch (RefusedJarException | HostException e) {
            throw new LifecycleException(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} {} cannot be brought up", id, jar.card().version(), e);
            throw new LifecycleException("the host failed while loading it: " + e);
        }
    }

    private Generation takeOver(Generation next, Optional<Generation> old, Runnable commit) {
        announce.accept(BindingState.STARTING, next.card().version());
        boolean exclusive =
                old.isPresent() && (isExclusive(next) || isExclusive(old.orElseThrow()));
        if (exclusive) {
            workshop.departures().clear(id);
        }
        List<RunningInstance> started = new ArrayList<>();
        try {
            startAll(next, started, old.isEmpty());
            Checkpoint.INSTANCES_STARTED.reached();
            commit.run();
        } catch (RuntimeException | LinkageError e) {
            started.forEach(workshop.departures()::discard);
            next.dismiss();
            if (exclusive) {
                old.ifPresent(this::startMissing);
            }
            throw e;
        }
        workshop.takeOver(next, started);
        return next;
    }

    private static boolean isExclusive(Generation generation) {
        return generation.card().swap() == Swap.EXCLUSIVE;
    }

    /** When nothing serves and nothing starts, the jar that served last is the better one. */
    private void startAll(Generation next, List<RunningInstance> started, boolean isFirst) {
        for (InstanceConfig config : workshop.configs(id)) {
            workshop.start(next, config).ifPresent(started::add);
        }
        Optional<String> failure = isFirst ? workshop.failureOfAll(id) : Optional.empty();
        if (failure.isPresent() && workshop.retreats().lastGood(next.jar()).isPresent()) {
            throw new LifecycleException(failure.get());
        }
    }

    /** Starts the instances that a generation is to have and has not. */
    void startMissing(Generation generation) {
        for (InstanceConfig config : workshop.missing(id)) {
            try {
                workshop.start(generation, config)
                        .ifPresent(started -> workshop.takeOver(generation, List.of(started)));
            } catch (LifecycleException e) {
                workshop.failed(config, String.valueOf(e.getMessage()));
            }
        }
    }
}
