package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call into a binding on a thread of its own, which its caller can leave behind. Cancelled, it
 * is first told, interrupted after two seconds, and after five counts as stuck.
 */
final class BindingTask<T> {
    private static final Duration UNTIL_INTERRUPT = Duration.ofSeconds(2);
    private static final Duration UNTIL_STUCK = Duration.ofSeconds(3);

    private final @Nullable Errand errand;
    private final Callable<T> code;
    private final Ending ending;
    private final CancellationSource cancellation = new CancellationSource();
    private final CountDownLatch done = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);
    private final Interruptible work = new Interruptible();
    private volatile @Nullable T result;
    private volatile @Nullable Throwable failure;

    /**
     * @param errand on whose behalf it is; null for the host's own questions
     */
    BindingTask(@Nullable Errand errand, Callable<T> code, Ending ending) {
        this.errand = errand;
        this.code = code;
        this.ending = ending;
    }

    /** What the binding sees. */
    Cancellation cancellation() {
        return cancellation;
    }

    /**
     * @throws BindingException when the binding's threads have ended already
     */
    void start(CallThreads threads) {
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException e) {
            ending.ended();
            throw new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "the instance is stopping");
        } catch (OutOfMemoryError e) {
            ending.ended();
            throw new BindingException(
                    ErrorCode.OVERLOADED, "the host cannot start another thread");
        }
    }

    private void run() {
        try {
            work.run(this::callCode);
        } finally {
            done.countDown();
            settled.countDown();
            ending.ended();
        }
    }

    private void callCode() {
        try {
            result =
                    errand == null
                            ? code.call()
                            : errand.cancelledBy(cancellation).<T, Exception>during(code::call);
        } catch (Throwable e) {
            failure = e;
        }
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    boolean await(Duration time) throws InterruptedException {
        return done.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits for the end or the cancellation, whichever comes first; false for neither. */
    boolean awaitSettled(Duration time) throws InterruptedException {
        return settled.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What came of it, once it is done: the result, or what was thrown. */
    @Nullable T outcome() {
        Throwable thrown = failure;
        if (thrown != null) {
            throw Failures.of(thrown);
        }
        return result;
    }

    void cancel() {
        settled.countDown();
        if (!isDone() && cancellation.cancel()) {
            Thread.ofVirtual().name("escalation").start(this::escalate);
        }
    }

    private void escalate() {
        try {
            if (await(UNTIL_INTERRUPT)) {
                return;
            }
            if (ending.mayInterrupt()) {
                work.interrupt();
            }
            if (!await(UNTIL_STUCK)) {
                ending.stuck();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What follows from a task's end, or from its having none. */
    interface Ending {
        /** The binding's code has returned; called once, on its thread. */
        void ended();

        /** The binding ignores its cancellation. */
        void stuck();

        /** Whether interrupting the thread harms nobody else. */
        boolean mayInterrupt();
    }
}
