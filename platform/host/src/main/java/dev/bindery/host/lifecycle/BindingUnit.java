package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingCard;
import dev.bindery.api.Swap;
import dev.bindery.host.BindingState;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.generation.Generation;
import dev.bindery.host.generation.LifecycleException;
import dev.bindery.host.generation.RunningInstance;
import dev.bindery.host.instance.InstanceConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One binding id: brings what runs in line with what is wanted, one change after another on a queue
 * of its own. A new generation is started beside the old one and takes over only when it serves;
 * whatever fails before leaves the old one serving.
 */
final class BindingUnit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BindingUnit.class);

    private final String id;
    private final Workshop workshop;
    private final SerialQueue queue;
    private @Nullable Generation current;
    private @Nullable Refusal refusal;
    private int lastNumber;
    private volatile Standing standing;

    BindingUnit(String id, Workshop workshop) {
        this.id = id;
        this.workshop = workshop;
        this.queue = new SerialQueue(id);
        this.standing = Standing.unknown();
    }

    /**
     * Where the binding stands, for everybody to read.
     *
     * @param serving the jar that serves
     * @param generation its number, 0 for none
     */
    record Standing(
            BindingState state,
            String reason,
            Optional<StagedJar> serving,
            int generation,
            Instant since) {
        static Standing unknown() {
            return new Standing(BindingState.STAGED, "", Optional.empty(), 0, Instant.now());
        }

        boolean isLike(Standing other) {
            return state == other.state
                    && reason.equals(other.reason)
                    && generation == other.generation;
        }
    }

    /** A jar that was not taken, and what was said of it. */
    private record Refusal(String sha256, String told) {}

    Standing standing() {
        return standing;
    }

    /** Brings the binding in line some time soon. */
    void reconcileSoon() {
        queue.submit(() -> reconcile(false));
    }

    /** Brings the binding in line, also when this jar was refused before, and returns then. */
    void retryNow() {
        queue.call(() -> {
            refusal = null;
            reconcile(false);
            return true;
        });
    }

    /** Brings the binding in line and returns then. */
    void reconcileNow(boolean reload) {
        queue.call(() -> {
            reconcile(reload);
            return true;
        });
    }

    /** Runs a change of one of the instances in its turn. */
    <T> T inTurn(Callable<T> change) {
        return queue.call(() -> {
            try {
                return change.call();
            } finally {
                settleAgain();
            }
        });
    }

    /** Runs a change of one of the instances some time soon. */
    void soon(Runnable change) {
        queue.submit(() -> {
            try {
                change.run();
            } finally {
                settleAgain();
            }
        });
    }

    /** Starts what was ended for a change that failed; only on the queue. */
    void startAgain() {
        if (current != null) {
            startMissing(current);
        }
    }

    private void settleAgain() {
        if (current != null) {
            settle(current);
        }
    }

    /** The generation that serves; only on the queue. */
    Optional<Generation> current() {
        return Optional.ofNullable(current);
    }

    private void reconcile(boolean reload) {
        Optional<StagedJar> wanted = workshop.wanted(id);
        if (wanted.isEmpty() || !workshop.isEnabled(id)) {
            leave(wanted.isPresent());
        } else if (current != null
                && !reload
                && current.jar().sha256().equals(wanted.get().sha256())) {
            refusal = null;
            startMissing(current);
        } else if (reload || !isRefused(wanted.get())) {
            swap(wanted.get());
        }
    }

    /** What was refused stays so until the file changes or the operator asks for another try. */
    private boolean isRefused(StagedJar jar) {
        return refusal != null && refusal.sha256().equals(jar.sha256());
    }

    /** Ends what runs: the jar is gone, or the operator switched it off. */
    private void leave(boolean isThere) {
        Generation old = current;
        current = null;
        refusal = null;
        workshop.retire(
                id, isThere ? "the binding is disabled" : "its binding is not installed", isThere);
        if (old != null) {
            old.dismiss();
        }
        announce(
                isThere ? BindingState.DISABLED : BindingState.UNLOADED,
                isThere ? "switched off by the operator" : "",
                Optional.empty());
    }

    private void swap(StagedJar jar) {
        announce(BindingState.VERIFIED, jar.card().version(), serving());
        boolean exclusive = jar.card().swap() == Swap.EXCLUSIVE && current != null;
        if (exclusive) {
            workshop.clear(id);
        }
        refusal = null;
        try {
            Generation next = workshop.load(jar, ++lastNumber);
            takeOver(next, startAll(next));
        } catch (RefusedJarException | LifecycleException e) {
            refuse(jar, String.valueOf(e.getMessage()), exclusive);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} {} cannot be brought up", id, jar.card().version(), e);
            refuse(jar, "the host failed while loading it: " + e, exclusive);
        }
    }

    private List<RunningInstance> startAll(Generation next) {
        announce(BindingState.STARTING, next.card().version(), serving());
        List<RunningInstance> started = new ArrayList<>();
        try {
            for (InstanceConfig config : workshop.configs(id)) {
                workshop.start(next, config).ifPresent(started::add);
            }
            return started;
        } catch (RuntimeException | LinkageError e) {
            started.forEach(workshop::discard);
            next.dismiss();
            throw e;
        }
    }

    private void takeOver(Generation next, List<RunningInstance> started) {
        Generation old = current;
        current = next;
        workshop.serves(next);
        workshop.takeOver(id, started);
        if (old != null) {
            old.dismiss();
        }
        settle(next);
    }

    private void startMissing(Generation generation) {
        for (InstanceConfig config : workshop.missing(id)) {
            try {
                workshop.start(generation, config)
                        .ifPresent(started -> workshop.takeOver(id, List.of(started)));
            } catch (LifecycleException e) {
                workshop.failed(config, String.valueOf(e.getMessage()));
            }
        }
        settle(generation);
    }

    /** A binding all of whose instances failed is a failed one. */
    private void settle(Generation generation) {
        Optional<String> failure = workshop.failureOfAll(id);
        if (failure.isPresent()) {
            announce(BindingState.FAILED, failure.get(), Optional.of(generation));
        } else {
            String remark = refusal == null ? workshop.remark(id) : refusal.told();
            announce(BindingState.ACTIVE, remark, Optional.of(generation));
        }
    }

    private void refuse(StagedJar jar, String reason, boolean exclusive) {
        if (current == null) {
            refusal = new Refusal(jar.sha256(), reason);
            announce(BindingState.FAILED, reason, Optional.empty());
            workshop.failed(id, reason);
            return;
        }
        String told =
                "version %s was refused, version %s goes on serving: %s"
                        .formatted(jar.card().version(), current.card().version(), reason);
        refusal = new Refusal(jar.sha256(), told);
        workshop.event("binding/REFUSED", id, told);
        if (exclusive) {
            startMissing(current);
        } else {
            settle(current);
        }
    }

    private Optional<Generation> serving() {
        return Optional.ofNullable(current);
    }

    private void announce(BindingState state, String reason, Optional<Generation> serving) {
        boolean isOnTheWay = state == BindingState.VERIFIED || state == BindingState.STARTING;
        Standing next =
                new Standing(
                        state,
                        isOnTheWay ? "" : reason,
                        serving.map(Generation::jar),
                        serving.map(Generation::number).orElse(0),
                        Instant.now());
        if (!next.isLike(standing)) {
            standing = next;
            workshop.event("binding/" + state, id, reason);
        }
    }

    /** The card of what serves, or of what would. */
    Optional<BindingCard> card() {
        return standing.serving().or(() -> workshop.wanted(id)).map(StagedJar::card);
    }

    /** Refuses every further change, and breaks off the one that is being made. */
    @Override
    public void close() {
        queue.close();
    }

    boolean awaitEnd(Duration time) throws InterruptedException {
        return queue.awaitEnd(time);
    }
}
