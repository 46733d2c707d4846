package dev.bindery.examples.hello;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import java.util.List;

public class HelloBinding extends LlmBinding {
    @Override
    public List<String> listModels() {
        return List.of("hello");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        callback.chunk("Hello, world");
        return GenerationResult.of("Hello, world");
    }
}
