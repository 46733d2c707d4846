package dev.bindery.server;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Role;
import java.util.List;
import java.util.Locale;

/** Answers in capitals, word by word. Packed into a jar by {@link RealHostTest}. */
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
            callback.chunk(word);
        }
        return GenerationResult.of(answer);
    }
}
