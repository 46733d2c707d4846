package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.call.CallKind;
import dev.bindery.host.call.CallReports;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Judges a generation by how its first calls end. One that does a model's work and succeeds proves
 * it; faults of its own, three of them in calls of kinds that never succeeded, condemn it. What a
 * provider or a client does wrong is neither. Thread-safe.
 */
final class Trial implements CallReports {
    private static final int FAULTS = 3;

    private final CallReports ledger;
    private final Judge judge;
    private final AtomicInteger faults = new AtomicInteger();
    private final Set<CallKind> succeeded = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean over;

    /**
     * @param ledger hears everything too
     * @param proven whether there is nothing to find out any more
     */
    Trial(CallReports ledger, Judge judge, boolean proven) {
        this.ledger = ledger;
        this.judge = judge;
        this.over = new AtomicBoolean(proven);
    }

    /** Hears of the outcome, once, on the thread of a call. */
    interface Judge {
        void proven();

        /**
         * @param fault the last fault
         */
        void condemned(String fault);

        /** A call has ignored its cancellation; heard for each of them. */
        void stuck();
    }

    @Override
    public void succeeded(String instance, CallKind kind) {
        ledger.succeeded(instance, kind);
        if (over.get()) {
            return;
        }
        if (!kind.isWork()) {
            succeeded.add(kind);
        } else if (over.compareAndSet(false, true)) {
            judge.proven();
        }
    }

    @Override
    public void failed(String instance, CallKind kind, BindingException failure) {
        ledger.failed(instance, kind, failure);
        if (!over.get()
                && !succeeded.contains(kind)
                && failure.code().equals(ErrorCode.INTERNAL)
                && faults.incrementAndGet() >= FAULTS
                && over.compareAndSet(false, true)) {
            judge.condemned(String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public void contradicted(String instance) {
        ledger.contradicted(instance);
    }

    @Override
    public void stuck(String instance) {
        ledger.stuck(instance);
        judge.stuck();
    }
}
