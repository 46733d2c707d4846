package dev.bindery.host.lifecycle;

import dev.bindery.host.HostException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.generation.Generation;
import dev.bindery.host.generation.LifecycleException;
import java.util.Optional;

/**
 * What becomes of a generation that serves by how it serves: proven, rolled back, kept away. For
 * the binding's queue alone.
 */
final class Verdicts {
    private final String id;
    private final Workshop workshop;
    private final Reconciler reconciler;

    Verdicts(String id, Workshop workshop, Reconciler reconciler) {
        this.id = id;
        this.workshop = workshop;
        this.reconciler = reconciler;
    }

    /** The generation of a number, while it serves. */
    private Optional<Generation> serving(int number) {
        return reconciler.serving().filter(generation -> generation.number() == number);
    }

    void proven(int number) {
        serving(number).ifPresent(_ -> workshop.proven(id));
    }

    /** Goes back to the version before, where there is one. */
    void condemned(int number, String fault) {
        Generation bad = serving(number).orElse(null);
        StagedJar good = workshop.retreats().previous(id).orElse(null);
        if (bad == null || good == null) {
            return;
        }
        try {
            rollBack(
                    bad,
                    good,
                    "by the host, since three calls failed by its own fault and none succeeded, at last with `%s`"
                            .formatted(fault));
        } catch (LifecycleException e) {
            workshop.event(
                    "notification/warning",
                    id,
                    "all calls of version %s fail, and it cannot be rolled back: version %s does not come up: %s"
                            .formatted(
                                    bad.card().version(), good.card().version(), e.getMessage()));
            reconciler.settle();
        }
    }

    /** Keeps it away for a while, once too many calls are stuck. */
    void stuck(int number) {
        if (serving(number).isPresent()) {
            workshop.tooManyStuck(id).ifPresent(reconciler::quarantine);
        }
    }

    /**
     * @throws HostException when there is no version to go back to, or it does not come up
     */
    void rollBackByOperator() {
        Generation bad = reconciler.serving().orElseThrow(() -> conflict("it does not serve"));
        StagedJar good =
                workshop.retreats()
                        .previous(id)
                        .orElseThrow(() ->
                                conflict(
                                        "no earlier version of it is kept in the cache, or it was rolled back itself"));
        try {
            rollBack(bad, good, "by the operator");
        } catch (LifecycleException e) {
            throw new HostException(
                    HostException.Kind.FAILED,
                    "version %s does not come up: %s; version %s goes on serving"
                            .formatted(
                                    good.card().version(), e.getMessage(), bad.card().version()));
        }
    }

    private HostException conflict(String why) {
        return new HostException(
                HostException.Kind.CONFLICT, "%s cannot be rolled back: %s".formatted(id, why));
    }

    /**
     * @throws LifecycleException when the good one does not come up; the bad one serves on then
     */
    private void rollBack(Generation bad, StagedJar good, String why) {
        String told =
                "version %s was rolled back to %s %s; it is kept away until its file changes, or: bindery reload %s"
                        .formatted(bad.card().version(), good.card().version(), why, id);
        reconciler.replace(good, () -> workshop.retreats().retreat(bad.jar(), good, told));
        workshop.event("binding/ROLLED_BACK", id, told);
    }
}
