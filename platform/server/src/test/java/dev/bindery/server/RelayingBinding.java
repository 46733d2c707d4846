package dev.bindery.server;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Message;
import java.util.List;

/**
 * Asks the models that the last message names, with bars between them, until one of them answers;
 * what stands behind an arrow is said to that model.
 */
public final class RelayingBinding extends LlmBinding {
    @Override
    public List<String> listModels() {
        return List.of("on");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        String order = request.chat().orElseThrow().messages().getLast().text();
        BindingException failure = BindingException.invalidRequest("name a model");
        for (String model : order.split("\\|", -1)) {
            try {
                String[] names = model.split(">", 2);
                String said = names.length > 1 ? names[1] : "hello";
                return context()
                        .models()
                        .generate(
                                request.toBuilder()
                                        .model(names[0])
                                        .input(Chat.of(List.of(Message.user(said))))
                                        .build(),
                                callback);
            } catch (BindingException e) {
                failure = e;
            }
        }
        throw failure;
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return context()
                .models()
                .embed(
                        request.toBuilder()
                                .model(request.inputs().getFirst().text().orElseThrow())
                                .build());
    }
}
