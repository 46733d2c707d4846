package dev.bindery.binding.router;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether one target has begun its answer, and the end of waiting for that. Cancels the target's
 * call, not the request.
 */
final class Patience implements Cancellation, AutoCloseable {
    private enum State {
        WAITING,
        BEGUN,
        OVER
    }

    private final Cancellation request;
    private final Duration limit;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final Queue<Action> actions = new ConcurrentLinkedQueue<>();
    private final CountDownLatch settled = new CountDownLatch(1);

    /**
     * @param limit how long a target may take to begin; zero for as long as it likes
     */
    Patience(Cancellation request, Duration limit, Executor threads) {
        this.request = request;
        this.limit = limit;
        if (limit.isPositive()) {
            threads.execute(this::watch);
        }
    }

    /** Notes that an answer begins; false when that comes too late. */
    boolean begin() {
        if (state.compareAndSet(State.WAITING, State.BEGUN)) {
            settled.countDown();
        }
        return state.get() == State.BEGUN;
    }

    /** Whether the client has seen something of the answer. */
    boolean begun() {
        return state.get() == State.BEGUN;
    }

    /** What the failure of the call really was. */
    BindingException meant(BindingException failure) {
        boolean late = state.get() == State.OVER && !request.isCancelled();
        return late
                ? new BindingException(
                        ErrorCode.TIMEOUT,
                        "it did not begin to answer within %d s".formatted(limit.toSeconds()))
                : failure;
    }

    private void watch() {
        try {
            if (!settled.await(limit.toNanos(), TimeUnit.NANOSECONDS)
                    && state.compareAndSet(State.WAITING, State.OVER)) {
                for (Action action = actions.poll(); action != null; action = actions.poll()) {
                    action.code().run();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isCancelled() {
        return state.get() == State.OVER || request.isCancelled();
    }

    @Override
    public Registration onCancel(Runnable code) {
        Action action = new Action(code);
        actions.add(action);
        Registration ofRequest =
                request.onCancel(() -> {
                    if (actions.remove(action)) {
                        code.run();
                    }
                });
        if (state.get() == State.OVER && actions.remove(action)) {
            code.run();
        }
        return () -> {
            actions.remove(action);
            ofRequest.close();
        };
    }

    /** The call is over: nobody waits any more. */
    @Override
    public void close() {
        settled.countDown();
    }

    /** Compared by identity, so that the same code may be registered twice. */
    private static final class Action {
        private final Runnable code;

        Action(Runnable code) {
            this.code = code;
        }

        Runnable code() {
            return code;
        }
    }
}
