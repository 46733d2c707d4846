package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.host.Limits;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets calls in: through the gate, and, where they are a client's, past whoever uses their model
 * and into a place. Thread-safe.
 */
final class Admission {
    private final CallGate gate = new CallGate();
    private final CallGate questions = new CallGate();
    private final StuckCalls stuck;
    private final StuckCalls stuckQuestions;
    private final boolean mayInterrupt;
    private final Places places;
    private final ModelUse use;
    private volatile Limits limits;

    /**
     * @param stuckOne hears of each call that ignores its cancellation
     * @param mayInterrupt whether interrupting a call's thread harms nobody else
     */
    Admission(Limits limits, Runnable stuckOne, boolean mayInterrupt) {
        this.limits = limits;
        this.mayInterrupt = mayInterrupt;
        this.stuck = new StuckCalls(gate, stuckOne);
        this.stuckQuestions = new StuckCalls(questions, () -> reportWhileOpen(stuckOne));
        this.places = new Places(limits.concurrency(), limits.queue(), System::nanoTime);
        this.use = new ModelUse(limits.unloadAfter(), System::nanoTime);
    }

    /**
     * A question has no cancellation to obey: at the end of all it is no fault to go on with it.
     */
    private void reportWhileOpen(Runnable stuckOne) {
        if (!questions.isShut()) {
            stuckOne.run();
        }
    }

    Limits limits() {
        return limits;
    }

    /** Other limits for calls from now on. */
    void limit(Limits limits) {
        this.limits = limits;
        places.resize(limits.concurrency(), limits.queue());
        use.limit(limits.unloadAfter());
    }

    /** What counts the clients' calls. */
    CallGate gate() {
        return gate;
    }

    /** What counts the host's own questions, for which nobody waits. */
    CallGate questions() {
        return questions;
    }

    /** Lets nothing in any more. */
    void shut() {
        gate.shut();
        questions.shut();
    }

    /** Who uses which model. */
    ModelUse use() {
        return use;
    }

    int queuedCalls() {
        return places.waiting();
    }

    int stuckCalls() {
        return stuck.count() + stuckQuestions.count();
    }

    /** Calls that wait for a place get none any more. */
    void closePlaces() {
        places.close();
    }

    /**
     * Lets a call in, waits until the model can be used and takes a place.
     *
     * @param keep for how long the model is to stay in memory after it, negative for ever
     * @return empty when the gate is shut, or was when the call's turn came
     */
    Optional<Lease> toModel(
            String model, Optional<Duration> keep, Cancellation cancellation, Duration total) {
        if (!gate.enter()) {
            return Optional.empty();
        }
        Duration patience = total.compareTo(limits.firstToken()) < 0 ? total : limits.firstToken();
        try {
            use.begin(model, cancellation, patience);
        } catch (BindingException e) {
            gate.leave();
            throw e;
        }
        Runnable giveUp =
                () -> {
                    use.giveUp(model);
                    gate.leave();
                };
        return take(cancellation, patience, giveUp)
                .map(place ->
                        lease(() -> {
                            place.giveBack();
                            use.end(model, keep);
                        }));
    }

    /** Lets a call on no model in, and takes a place. */
    Optional<Lease> toPlace(Cancellation cancellation) {
        if (!gate.enter()) {
            return Optional.empty();
        }
        return take(cancellation, limits.firstToken(), gate::leave)
                .map(place -> lease(place::giveBack));
    }

    /** Lets a question of the host's in. It takes no place: it must not wait behind generations. */
    Optional<Lease> question(Runnable afterwards) {
        return questions.enter()
                ? Optional.of(new Lease(questions, stuckQuestions, mayInterrupt, afterwards))
                : Optional.empty();
    }

    private Optional<Places.Place> take(
            Cancellation cancellation, Duration patience, Runnable giveUp) {
        Optional<Places.Place> place = Optional.empty();
        try {
            place = places.take(cancellation, patience);
            return place;
        } finally {
            if (place.isEmpty()) {
                giveUp.run();
            }
        }
    }

    private Lease lease(Runnable giveBack) {
        return new Lease(gate, stuck, mayInterrupt, giveBack);
    }
}
