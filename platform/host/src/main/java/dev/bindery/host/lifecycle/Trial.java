package dev.bindery.host.lifecycle;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.call.CallReports;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Judges a generation by how its first calls end. One that succeeds proves it; faults of its own,
 * three of them and no success, condemn it. What a provider or a client does wrong is neither.
 * Thread-safe.
 */
final class Trial implements CallReports {
    private static final int FAULTS = 3;

    private final CallReports ledger;
    private final Judge judge;
    private final AtomicInteger faults = new AtomicInteger();
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
    public void succeeded(String instance) {
        ledger.succeeded(instance);
        if (!over.get() && over.compareAndSet(false, true)) {
            judge.proven();
        }
    }

    @Override
    public void failed(String instance, BindingException failure) {
        ledger.failed(instance, failure);
        if (!over.get()
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
