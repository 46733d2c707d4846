package dev.bindery.host.lifecycle;

import dev.bindery.host.BindingState;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.generation.Generation;
import dev.bindery.host.generation.LifecycleException;
import dev.bindery.host.generation.LifecycleLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings what runs of one binding in line with what is wanted. A new generation is started beside
 * the old one and takes over only when it serves; whatever fails before leaves the old one serving.
 * For the binding's queue alone, but for {@link #standing}.
 */
final class Reconciler {
    private final String id;
    private final Workshop workshop;
    private final Later later;
    private final Succession succession;
    private final Quarantine quarantine;
    private final Duration usualDrain;
    private @Nullable Generation current;
    private @Nullable Refusal refusal;
    private Duration drain;
    private volatile Standing standing = Standing.unknown();

    /**
     * @param judges gives the judge of the generation of a number
     */
    Reconciler(
            String id,
            Workshop workshop,
            LifecycleLimits limits,
            Later later,
            IntFunction<Trial.Judge> judges) {
        this.id = id;
        this.workshop = workshop;
        this.later = later;
        this.succession = new Succession(id, workshop, this::onTheWay, judges);
        this.quarantine = new Quarantine(limits.quarantine());
        this.usualDrain = limits.drain();
        this.drain = usualDrain;
    }

    /** A jar that was not taken, and what was said of it. */
    private record Refusal(String sha256, String version, String reason) {
        /** In the words for what serves now, which may be another one than at the refusal. */
        String told(Generation serving) {
            return "version %s was refused, version %s goes on serving: %s"
                    .formatted(version, serving.card().version(), reason);
        }
    }

    /** Safe for all threads. */
    Standing standing() {
        return standing;
    }

    /** The generation that serves. */
    Optional<Generation> serving() {
        return Optional.ofNullable(current);
    }

    void reconcile() {
        reconcile(false);
    }

    /** Reconciles, also what was refused or failed before. */
    void retry() {
        refusal = null;
        quarantine.release();
        workshop.retry(id);
        reconcile(false);
    }

    /** Swaps in a fresh generation of what is wanted. */
    void reload() {
        quarantine.release();
        workshop.retreats().advance(id);
        reconcile(true);
    }

    /**
     * Reconciles one that is to end.
     *
     * @param patience for how long its calls may go on
     */
    void end(Duration patience) {
        drain = patience;
        try {
            reconcile(false);
        } finally {
            drain = usualDrain;
        }
    }

    private void reconcile(boolean fresh) {
        StagedJar wanted = workshop.wanted(id).orElse(null);
        if (wanted == null) {
            remove();
        } else if (!workshop.isEnabled(id)) {
            switchOff();
        } else if (quarantine.holds(wanted.sha256(), Instant.now())) {
            announce(BindingState.QUARANTINED, standing.reason());
        } else if (!fresh && serving().filter(now -> isOf(now, wanted)).isPresent()) {
            refusal = null;
            complete();
        } else if (fresh || refusal == null || !refusal.sha256().equals(wanted.sha256())) {
            swap(wanted);
        } else {
            complete();
        }
    }

    private static boolean isOf(Generation generation, StagedJar jar) {
        return generation.jar().sha256().equals(jar.sha256());
    }

    private void complete() {
        startMissing();
        settle();
    }

    /** Starts the instances that the generation that serves is to have and has not. */
    void startMissing() {
        serving().ifPresent(succession::startMissing);
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
        refusal = null;
        quarantine.release();
        succeed(null);
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
        later.after(
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
            replace(jar, () -> {});
        } catch (LifecycleException e) {
            refuse(jar, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Brings a jar up in place of what serves.
     *
     * @param commit makes durable what goes with it, before the first call reaches it
     * @throws LifecycleException when it does not come up; what served before serves on
     */
    void replace(StagedJar jar, Runnable commit) {
        succeed(succession.bringUp(jar, serving(), commit));
        settle();
    }

    private void succeed(@Nullable Generation next) {
        Generation old = current;
        current = next;
        if (old != null) {
            old.dismiss();
        }
    }

    private void refuse(StagedJar jar, String reason) {
        if (current == null) {
            workshop.retreats().lastGood(jar).ifPresent(this::bringBack);
        }
        Generation serving = current;
        if (serving == null) {
            refusal = new Refusal(jar.sha256(), jar.card().version(), reason);
            announce(BindingState.FAILED, reason);
            workshop.failed(id, reason);
            return;
        }
        refusal = new Refusal(jar.sha256(), jar.card().version(), reason);
        workshop.event("binding/REFUSED", id, refusal.told(serving));
        settle();
    }

    /** What has served in the last run of the host is better than nothing. */
    private void bringBack(StagedJar good) {
        try {
            replace(good, () -> {});
        } catch (LifecycleException e) {
            workshop.event(
                    "notification/warning",
                    id,
                    "version %s, which has served before, does not come up either: %s"
                            .formatted(good.card().version(), e.getMessage()));
        }
    }

    /** Ends the generation that serves at once, and keeps its jar away for a while. */
    void quarantine(String why) {
        Generation generation = serving().orElseThrow();
        Duration length = quarantine.begin(generation.jar().sha256(), Instant.now());
        String told =
                "%s; kept away for %d s, until %s, then tried again; to let it serve now: bindery enable %s"
                        .formatted(
                                why,
                                length.toSeconds(),
                                Instant.now().plus(length).truncatedTo(ChronoUnit.SECONDS),
                                id);
        workshop.departures().remove(id, "its binding is quarantined: " + told, false, usualDrain);
        succeed(null);
        announce(BindingState.QUARANTINED, told);
        later.after(() -> Thread.sleep(length), this::reconcile);
    }

    /** Says anew where it stands; a binding all of whose instances failed is a failed one. */
    void settle() {
        if (current == null) {
            return;
        }
        Optional<String> failure = workshop.failureOfAll(id);
        if (failure.isPresent()) {
            announce(BindingState.FAILED, failure.get());
        } else {
            announce(BindingState.ACTIVE, remark(current));
        }
    }

    private String remark(Generation serving) {
        if (refusal != null) {
            return refusal.told(serving);
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
}
