package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingCard;
import dev.bindery.host.BindingState;
import dev.bindery.host.HostException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.generation.Generation;
import dev.bindery.host.generation.LifecycleException;
import dev.bindery.host.generation.LifecycleLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One binding id: brings what runs in line with what is wanted, one change after another on a queue
 * of its own. A new generation is started beside the old one and takes over only when it serves;
 * whatever fails before leaves the old one serving, and one that breaks right after is rolled back.
 */
final class BindingUnit implements AutoCloseable {
    private final String id;
    private final Workshop workshop;
    private final SerialQueue queue;
    private final Succession succession;
    private final Quarantine quarantine;
    private final Duration usualDrain;
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private @Nullable Generation current;
    private @Nullable Refusal refusal;
    private Duration drain;
    private volatile Standing standing;

    BindingUnit(String id, Workshop workshop, LifecycleLimits limits) {
        this.id = id;
        this.workshop = workshop;
        this.queue = new SerialQueue(id);
        this.succession = new Succession(id, workshop, this::onTheWay, this::judge);
        this.quarantine = new Quarantine(limits.quarantine());
        this.usualDrain = limits.drain();
        this.drain = usualDrain;
        this.standing = Standing.unknown();
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

    /** Brings the binding in line some time soon, also what was refused or failed before. */
    void retrySoon() {
        queue.submit(this::retry);
    }

    /** Brings the binding in line, also what was refused or failed before, and returns then. */
    void retryNow() {
        inOrder(this::retry);
    }

    private void retry() {
        refusal = null;
        quarantine.release();
        workshop.retry(id);
        reconcile(false);
    }

    /** Brings the binding in line and returns then. */
    void reconcileNow() {
        inOrder(() -> reconcile(false));
    }

    /** Swaps in a fresh generation of what is wanted and returns then. */
    void reloadNow() {
        inOrder(() -> {
            quarantine.release();
            reconcile(true);
        });
    }

    /**
     * Brings a binding in line that is to end, and returns then; calls in flight go on meanwhile.
     *
     * @param patience for how long
     */
    void endNow(Duration patience) {
        inOrder(() -> {
            drain = patience;
            try {
                reconcile(false);
            } finally {
                drain = usualDrain;
            }
        });
    }

    /**
     * Goes back to the generation before and returns then.
     *
     * @throws HostException when there is none, or it does not come up
     */
    void rollBackNow() {
        inOrder(() -> {
            Generation bad = serving().orElseThrow(() -> conflict("it does not serve"));
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
                                        good.card().version(),
                                        e.getMessage(),
                                        bad.card().version()));
            }
        });
    }

    private HostException conflict(String why) {
        return new HostException(
                HostException.Kind.CONFLICT, "%s cannot be rolled back: %s".formatted(id, why));
    }

    private void inOrder(Runnable change) {
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
                serving().ifPresent(this::settle);
            }
        });
    }

    /** Runs a change of one of the instances some time soon. */
    void soon(Runnable change) {
        queue.submit(() -> {
            try {
                change.run();
            } finally {
                serving().ifPresent(this::settle);
            }
        });
    }

    /** Starts what was ended for a change that failed; only on the queue. */
    void startAgain() {
        serving().ifPresent(succession::startMissing);
    }

    /** The generation that serves; only on the queue. */
    Optional<Generation> serving() {
        return Optional.ofNullable(current);
    }

    private void reconcile(boolean reload) {
        if (reload) {
            workshop.retreats().advance(id);
        }
        StagedJar wanted = workshop.wanted(id).orElse(null);
        if (wanted == null) {
            remove();
        } else if (!workshop.isEnabled(id)) {
            switchOff();
        } else if (quarantine.holds(wanted.sha256(), Instant.now())) {
            announce(BindingState.QUARANTINED, standing.reason());
        } else if (!reload && serving().filter(now -> isOf(now, wanted)).isPresent()) {
            refusal = null;
            serving().ifPresent(this::complete);
        } else if (reload || refusal == null || !refusal.sha256().equals(wanted.sha256())) {
            swap(wanted);
        } else {
            serving().ifPresent(this::complete);
        }
    }

    private static boolean isOf(Generation generation, StagedJar jar) {
        return generation.jar().sha256().equals(jar.sha256());
    }

    private void complete(Generation generation) {
        succession.startMissing(generation);
        settle(generation);
    }

    private void remove() {
        workshop.retreats().forget(id);
        leave(
                BindingState.UNLOADED,
                "",
                workshop.departures().remove(id, "its binding is not installed", true, drain));
    }

    private void switchOff() {
        leave(
                BindingState.DISABLED,
                "switched off by the operator",
                workshop.departures()
                        .switchOff(id, workshop.configs(id), "the binding is disabled", drain));
    }

    private void leave(BindingState state, String reason, List<CountDownLatch> ends) {
        Generation old = current;
        current = null;
        refusal = null;
        quarantine.release();
        if (old != null) {
            old.dismiss();
        }
        int calls = workshop.departures().calls(id);
        if (calls == 0) {
            announce(state, reason);
            return;
        }
        announce(
                state,
                "%s%d calls may go on for %d s; to cancel them now, give the command again"
                        .formatted(
                                reason.isEmpty() ? "" : reason + "; ", calls, drain.toSeconds()));
        later(
                () -> {
                    for (CountDownLatch end : ends) {
                        end.await();
                    }
                },
                () -> {
                    if (current == null && standing.state() == state) {
                        announce(state, reason);
                    }
                });
    }

    private void swap(StagedJar jar) {
        refusal = null;
        try {
            takenOver(succession.bringUp(jar, serving(), () -> {}));
        } catch (LifecycleException e) {
            refuse(jar, String.valueOf(e.getMessage()));
        }
    }

    private void takenOver(Generation next) {
        Generation old = current;
        current = next;
        if (old != null) {
            old.dismiss();
        }
        settle(next);
    }

    private void refuse(StagedJar jar, String reason) {
        if (current == null) {
            workshop.retreats().lastGood(jar).ifPresent(this::bringBack);
        }
        Generation serving = current;
        if (serving == null) {
            refusal = new Refusal(jar.sha256(), reason);
            announce(BindingState.FAILED, reason);
            workshop.failed(id, reason);
            return;
        }
        String told =
                "version %s was refused, version %s goes on serving: %s"
                        .formatted(jar.card().version(), serving.card().version(), reason);
        refusal = new Refusal(jar.sha256(), told);
        workshop.event("binding/REFUSED", id, told);
        settle(serving);
    }

    /** What has served in the last run of the host is better than nothing. */
    private void bringBack(StagedJar good) {
        try {
            takenOver(succession.bringUp(good, Optional.empty(), () -> {}));
        } catch (LifecycleException e) {
            workshop.event(
                    "notification/warning",
                    id,
                    "version %s, which has served before, does not come up either: %s"
                            .formatted(good.card().version(), e.getMessage()));
        }
    }

    /**
     * @throws LifecycleException when the good one does not come up; the bad one serves on then
     */
    private void rollBack(Generation bad, StagedJar good, String why) {
        String told =
                "version %s was rolled back to %s %s; it is kept away until its file changes, or: bindery reload %s"
                        .formatted(bad.card().version(), good.card().version(), why, id);
        takenOver(
                succession.bringUp(
                        good,
                        Optional.of(bad),
                        () -> workshop.retreats().retreat(bad.jar(), good, told)));
        workshop.event("binding/ROLLED_BACK", id, told);
    }

    /** Judges a generation by its calls; what follows happens in its turn. */
    private Trial.Judge judge(int number) {
        return new Trial.Judge() {
            @Override
            public void proven() {
                queue.submit(() -> ifServing(number, _ -> workshop.proven(id)));
            }

            @Override
            public void condemned(String fault) {
                queue.submit(() -> ifServing(number, bad -> condemn(bad, fault)));
            }

            @Override
            public void stuck() {
                queue.submit(() -> ifServing(number, BindingUnit.this::stuck));
            }
        };
    }

    private void ifServing(int number, java.util.function.Consumer<Generation> action) {
        serving().filter(generation -> generation.number() == number).ifPresent(action);
    }

    private void condemn(Generation bad, String fault) {
        StagedJar good = workshop.retreats().previous(id).orElse(null);
        if (good == null) {
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
            settle(bad);
        }
    }

    private void stuck(Generation generation) {
        Optional<String> verdict = workshop.tooManyStuck(id);
        if (verdict.isEmpty()) {
            return;
        }
        Duration length = quarantine.begin(generation.jar().sha256(), Instant.now());
        String told =
                "%s; kept away for %d s, until %s, then tried again; to let it serve now: bindery enable %s"
                        .formatted(
                                verdict.get(),
                                length.toSeconds(),
                                Instant.now().plus(length).truncatedTo(ChronoUnit.SECONDS),
                                id);
        current = null;
        workshop.departures().remove(id, "its binding is quarantined: " + told, false, usualDrain);
        generation.dismiss();
        announce(BindingState.QUARANTINED, told);
        later(() -> Thread.sleep(length), () -> reconcile(false));
    }

    /** Something to wait for, off the queue. */
    @FunctionalInterface
    private interface Waiting {
        void run() throws InterruptedException;
    }

    private void later(Waiting wait, Runnable then) {
        Thread thread =
                Thread.ofVirtual()
                        .name("later-" + id)
                        .unstarted(() -> {
                            try {
                                wait.run();
                                queue.submit(then);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } finally {
                                waiting.remove(Thread.currentThread());
                            }
                        });
        waiting.add(thread);
        thread.start();
    }

    /** A binding all of whose instances failed is a failed one. */
    private void settle(Generation generation) {
        Optional<String> failure = workshop.failureOfAll(id);
        if (failure.isPresent()) {
            announce(BindingState.FAILED, failure.get());
        } else {
            announce(BindingState.ACTIVE, remark());
        }
    }

    private String remark() {
        if (refusal != null) {
            return refusal.told();
        }
        String told = workshop.retreats().told(id);
        return told.isEmpty() ? workshop.remark(id) : told;
    }

    /** On the way to another generation, whose version its event tells. */
    private void onTheWay(BindingState state, String version) {
        stand(state, "", version);
    }

    private void announce(BindingState state, String reason) {
        stand(state, reason, reason);
    }

    private void stand(BindingState state, String reason, String told) {
        Standing next =
                new Standing(
                        state,
                        reason,
                        serving().map(Generation::jar),
                        serving().map(Generation::number).orElse(0),
                        Instant.now());
        if (!next.isLike(standing)) {
            standing = next;
            workshop.event("binding/" + state, id, told);
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
        waiting.forEach(Thread::interrupt);
    }

    boolean awaitEnd(Duration time) throws InterruptedException {
        return queue.awaitEnd(time);
    }
}
