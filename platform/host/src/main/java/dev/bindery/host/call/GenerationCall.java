package dev.bindery.host.call;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Operation;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.Errand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One generation: the binding works on its thread and puts operations into a queue, the caller
 * takes them out on its own, keeps the time and passes them to the sink.
 */
final class GenerationCall {
    /** How long a client may read nothing while more waits for it than the queue holds. */
    static final Duration SLOW_CLIENT = Duration.ofSeconds(30);

    private static final Duration TO_NOTICE = Duration.ofMillis(50);
    private static final Duration AFTER_STOP = Duration.ofSeconds(2);
    private static final int MOST_CANDIDATES = 1024;

    private final GenerationRequest request;
    private final AnswerSink sink;
    private final OperationQueue queue = new OperationQueue();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final BindingTask<GenerationResult> task;
    private final Answer answer;
    private final CallClock clock;
    private final Duration patience;
    private volatile boolean cancelled;
    private boolean contradictory;

    GenerationCall(
            Errand errand,
            LlmBinding binding,
            GenerationRequest request,
            AnswerSink sink,
            CallClock clock,
            Duration patience,
            BindingTask.Ending ending) {
        this.request = request;
        this.sink = sink;
        this.clock = clock;
        this.patience = patience;
        this.answer = new Answer(sink);
        this.task =
                new BindingTask<>(errand, () -> generate(binding), new EndOfQueue(ending, queue));
    }

    private @Nullable GenerationResult generate(LlmBinding binding) throws Exception {
        GenerationRequest.Builder forBinding =
                request.toBuilder().cancellation(task.cancellation());
        return ResultShape.checked(
                binding.generate(
                        forBinding.timeLimit(clock.untilEnd()).build(),
                        (GenerationCallback) this::offer));
    }

    /** Called by the binding, perhaps wrongly by several of its threads, perhaps too late. */
    private boolean offer(Operation operation) {
        if (operation.candidate() < 0 || operation.candidate() > MOST_CANDIDATES) {
            throw new IllegalArgumentException("no candidate " + operation.candidate());
        }
        oneAtATime.lock();
        try {
            return !task.isDone() && queue.put(operation, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Runs the call on the calling thread, from the first operation to the result. */
    GenerationResult run(CallThreads threads) {
        task.start(threads);
        try (var _ = request.cancellation().onCancel(this::cancel)) {
            return pump() ? finished() : stopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        } catch (BindingException e) {
            throw withUsage(e);
        } finally {
            queue.close();
            task.cancel();
        }
    }

    /** Passes operations on until the end; false when the sink wanted no more. */
    private boolean pump() throws InterruptedException {
        while (!queue.isExhausted()) {
            clock.waits();
            List<Operation> operations = queue.take();
            throwIfCancelled();
            clock.checkEnd();
            if (operations.isEmpty()) {
                if (!waited()) {
                    return false;
                }
            } else if (!pass(operations)) {
                return false;
            }
        }
        throwIfCancelled();
        return true;
    }

    /** Has the waiting thread look at the clock, if there is something to see. */
    void lookAtClock(long now) {
        if (clock.isDue(now)) {
            queue.wake();
        }
    }

    private void throwIfCancelled() {
        if (cancelled || request.cancellation().isCancelled()) {
            throw BindingException.cancelled();
        }
    }

    private boolean waited() {
        clock.check();
        return !clock.isSilent() || sink.silence();
    }

    private boolean pass(List<Operation> operations) {
        clock.heard();
        for (Operation operation : operations) {
            if (!answer.on(operation)) {
                return false;
            }
        }
        sink.pause();
        clock.heard();
        return true;
    }

    private GenerationResult finished() {
        if (queue.wasUnread()) {
            throw new BindingException(
                    ErrorCode.CANCELLED,
                    "the answer is cut: its client read nothing for %d s"
                            .formatted(patience.toSeconds()));
        }
        GenerationResult result = task.outcome();
        if (result == null) {
            throw new BindingException(
                    ErrorCode.INTERNAL, "the binding failed: generate returned null");
        }
        GenerationResult complete = AnswerEnd.complete(result, answer);
        contradictory = AnswerEnd.isContradictory(result, answer);
        return complete;
    }

    /**
     * The sink has had enough: the binding may return what there is. One that does not call back
     * soon, because it waits for its provider, is cancelled.
     */
    private GenerationResult stopped() throws InterruptedException {
        queue.close();
        if (!task.await(TO_NOTICE)) {
            task.cancel();
            if (!task.await(AFTER_STOP)) {
                throw withUsage(BindingException.cancelled());
            }
        }
        GenerationResult result = task.outcome();
        return result == null ? answer.result(dev.bindery.api.FinishReason.CANCELLED) : result;
    }

    private BindingException withUsage(BindingException e) {
        return e.usage().isPresent() ? e : e.withUsage(answer.usage().orElse(null));
    }

    /**
     * Ends the call from outside: the binding is told at once, even while the sink blocks, and the
     * caller hears {@link ErrorCode#CANCELLED}.
     */
    void cancel() {
        cancelled = true;
        queue.close();
        queue.wake();
        task.cancel();
    }

    /** Whether a whole answer's text differed from what the operations added up to. */
    boolean isContradictory() {
        return contradictory;
    }

    private record EndOfQueue(BindingTask.Ending next, OperationQueue queue)
            implements BindingTask.Ending {
        @Override
        public void ended() {
            queue.end();
            next.ended();
        }

        @Override
        public void stuck() {
            next.stuck();
        }

        @Override
        public boolean mayInterrupt() {
            return next.mayInterrupt();
        }
    }
}
