package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingCard;
import dev.bindery.host.HostException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.generation.Generation;
import dev.bindery.host.generation.LifecycleLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One binding id, and the queue on which everything that changes it happens, one thing after
 * another. Safe for all threads, but for what says that it is for the queue.
 */
final class BindingUnit implements AutoCloseable {
    private final Workshop workshop;
    private final String id;
    private final SerialQueue queue;
    private final Later later;
    private final Reconciler reconciler;
    private final Verdicts verdicts;

    BindingUnit(String id, Workshop workshop, LifecycleLimits limits) {
        this.id = id;
        this.workshop = workshop;
        this.queue = new SerialQueue(id);
        this.later = new Later(id, queue);
        this.reconciler = new Reconciler(id, workshop, limits, later, this::judge);
        this.verdicts = new Verdicts(id, workshop, reconciler);
    }

    Standing standing() {
        return reconciler.standing();
    }

    /** The card of what serves, or of what would. */
    Optional<BindingCard> card() {
        return standing().serving().or(() -> workshop.wanted(id)).map(StagedJar::card);
    }

    /** Brings the binding in line some time soon. */
    void reconcileSoon() {
        queue.submit(reconciler::reconcile);
    }

    /** Brings the binding in line and returns then. */
    void reconcileNow() {
        now(reconciler::reconcile);
    }

    /** Brings the binding in line some time soon, also what was refused or failed before. */
    void retrySoon() {
        queue.submit(reconciler::retry);
    }

    /** Brings the binding in line, also what was refused or failed before, and returns then. */
    void retryNow() {
        now(reconciler::retry);
    }

    /** Swaps in a fresh generation of what is wanted and returns then. */
    void reloadNow() {
        now(reconciler::reload);
    }

    /**
     * Brings a binding in line that is to end, and returns then; calls in flight go on meanwhile.
     *
     * @param patience for how long
     */
    void endNow(Duration patience) {
        now(() -> reconciler.end(patience));
    }

    /**
     * Goes back to the generation before and returns then.
     *
     * @throws HostException when there is none, or it does not come up
     */
    void rollBackNow() {
        now(verdicts::rollBackByOperator);
    }

    private void now(Runnable change) {
        queue.call(() -> {
            change.run();
            return true;
        });
    }

    /** Runs a change of one of the instances in its turn. */
    <T> T inTurn(Callable<T> change) {
        return queue.call(() -> {
            try {
                return change.call();
            } finally {
                reconciler.settle();
            }
        });
    }

    /** Runs a change of one of the instances some time soon. */
    void soon(Runnable change) {
        queue.submit(() -> {
            try {
                change.run();
            } finally {
                reconciler.settle();
            }
        });
    }

    /** Starts what was ended for a change that failed; only on the queue. */
    void startAgain() {
        reconciler.startMissing();
    }

    /** The generation that serves; only on the queue. */
    Optional<Generation> serving() {
        return reconciler.serving();
    }

    /** Judges a generation by its calls; what follows happens in its turn. */
    private Trial.Judge judge(int number) {
        return new Trial.Judge() {
            @Override
            public void proven() {
                queue.submit(() -> verdicts.proven(number));
            }

            @Override
            public void condemned(String fault) {
                queue.submit(() -> verdicts.condemned(number, fault));
            }

            @Override
            public void stuck() {
                queue.submit(() -> verdicts.stuck(number));
            }
        };
    }

    /** Refuses every further change, and breaks off the one that is being made. */
    @Override
    public void close() {
        queue.close();
        later.close();
    }

    boolean awaitEnd(Duration time) throws InterruptedException {
        return queue.awaitEnd(time);
    }
}
