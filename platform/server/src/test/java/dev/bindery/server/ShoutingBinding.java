package dev.bindery.server;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Role;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Answers in capitals, word by word; at the word hold it waits until it is cancelled. Packed into a
 * jar by {@link RealHostTest}.
 */
public final class ShoutingBinding extends LlmBinding {
    @Override
    public List<String> listModels() {
        return List.of("loud");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        String text = request.chat().orElseThrow().last(Role.USER).orElseThrow().text();
        String answer = text.toUpperCase(Locale.ROOT);
        for (String word : List.of(answer.split("(?<= )", -1))) {
            if (word.equals("HOLD")) {
                hold(request.cancellation());
            }
            callback.chunk(word);
        }
        return GenerationResult.of(answer);
    }

    private static void hold(Cancellation cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (var _ = cancellation.onCancel(cancelled::countDown)) {
            cancelled.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw BindingException.cancelled();
    }
}
