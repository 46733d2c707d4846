package dev.bindery.binding.replay;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Gives a recorded answer, with the same operations.
 *
 * @param speed 1 for the recorded time, 0 for none
 */
record Player(OperationForm operations, ResultForm results, double speed) {
    GenerationResult play(
            Recording recording, GenerationCallback callback, Cancellation cancellation) {
        Answer answer = new Answer(callback);
        long start = System.nanoTime();
        CountDownLatch cancelled = new CountDownLatch(1);
        try (var _ = cancellation.onCancel(cancelled::countDown)) {
            for (JsonNode operation : recording.operations()) {
                await(start, operation.path("at_ms").longValue(0), cancelled);
                if (!answer.on(operations.read(operation))) {
                    return answer.result(FinishReason.CANCELLED);
                }
            }
        }
        recording.throwIfFailed();
        return results.generation(recording.result());
    }

    private void await(long start, long atMs, CountDownLatch cancelled) {
        long nanos =
                speed == 0 ? 0 : (long) (atMs * 1_000_000 / speed) - (System.nanoTime() - start);
        try {
            if (cancelled.await(nanos, TimeUnit.NANOSECONDS)) {
                throw BindingException.cancelled();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        }
    }
}
