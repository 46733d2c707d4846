package dev.bindery.host;

import dev.bindery.api.BindingException;
import dev.bindery.api.Caller;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.RetryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * On whose behalf the current thread works: what holds for a request wherever it leads, also where
 * one binding asks another. Bound to threads, so that no binding can make one up; immutable but for
 * the budget.
 */
public final class Errand {
    /** The most instances that one request may lead through. */
    static final int DEPTH = 6;

    private static final ScopedValue<Errand> CURRENT = ScopedValue.newInstance();
    private static final Errand BEGINNING =
            new Errand(
                    _ -> true,
                    List.of(),
                    Caller.UNKNOWN,
                    RetryBudget.UNLIMITED,
                    Cancellation.NONE,
                    UnaryOperator.identity());

    private final Predicate<String> permitted;
    private final List<String> path;
    private final Caller caller;
    private final RetryBudget retries;
    private final Cancellation cancellation;
    private final UnaryOperator<ModelRouter> before;

    private Errand(
            Predicate<String> permitted,
            List<String> path,
            Caller caller,
            RetryBudget retries,
            Cancellation cancellation,
            UnaryOperator<ModelRouter> before) {
        this.permitted = permitted;
        this.path = path;
        this.caller = caller;
        this.retries = retries;
        this.cancellation = cancellation;
        this.before = before;
    }

    /** One that nobody has asked for before. */
    public static Errand beginning() {
        return BEGINNING;
    }

    /** One of somebody who may use those models only, as {@code instance/model}. */
    public static Errand of(Predicate<String> permitted) {
        return new Errand(
                permitted,
                BEGINNING.path,
                BEGINNING.caller,
                BEGINNING.retries,
                BEGINNING.cancellation,
                BEGINNING.before);
    }

    /** That of this thread. */
    public static Optional<Errand> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Runs the code with this as the thread's errand. */
    public <R, X extends Throwable> R during(ScopedValue.CallableOp<? extends R, X> code) throws X {
        return ScopedValue.where(CURRENT, this).call(code);
    }

    /** Whether a binding is on it already. */
    public boolean isUnderWay() {
        return !path.isEmpty();
    }

    /** Who asked first. */
    public Caller caller() {
        return caller;
    }

    /** How often all bindings on it together may still try again. */
    public RetryBudget retries() {
        return retries;
    }

    /** The end of what the binding is asked for. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** The same, ended when that is cancelled. */
    public Errand cancelledBy(Cancellation other) {
        return new Errand(permitted, path, caller, retries, other, before);
    }

    /**
     * The same, with something before the models that bindings ask on it, such as what counts their
     * calls.
     *
     * @param standing makes of the models of a host those that bindings ask; takes the place of
     *     what stood there
     */
    public Errand before(UnaryOperator<ModelRouter> standing) {
        return new Errand(permitted, path, caller, retries, cancellation, standing);
    }

    /** The models that a binding on it asks. */
    public ModelRouter models(ModelRouter ofTheHost) {
        return before.apply(ofTheHost);
    }

    /**
     * The errand of an instance that is asked now.
     *
     * @throws BindingException when it may not be: {@link ErrorCode#MODEL_NOT_FOUND} where the
     *     caller may not use the model, {@link ErrorCode#NOT_CONFIGURED} where calls go round in a
     *     circle or too far
     */
    public Errand into(String instance, String model, Caller asking, RetryBudget budget) {
        if (isUnderWay()) {
            checkPermission(instance + "/" + model);
            checkPath(instance);
        }
        List<String> longer = new ArrayList<>(path);
        longer.add(instance);
        return new Errand(permitted, List.copyOf(longer), asking, budget, cancellation, before);
    }

    private void checkPermission(String model) {
        if (!permitted.test(model)) {
            throw BindingException.modelNotFound(
                    "the caller may not use '%s', which '%s' would ask for it; a key for some models needs those behind them, too"
                            .formatted(model, path.getLast()));
        }
    }

    private void checkPath(String instance) {
        if (path.contains(instance)) {
            throw new BindingException(
                    ErrorCode.NOT_CONFIGURED,
                    "calls go round in a circle: %s → %s; let none of these instances lead back to another"
                            .formatted(String.join(" → ", path), instance));
        }
        if (path.size() >= DEPTH) {
            throw new BindingException(
                    ErrorCode.NOT_CONFIGURED,
                    "calls lead through more than %d instances: %s → %s; ask the last ones directly"
                            .formatted(DEPTH, String.join(" → ", path), instance));
        }
    }
}
