package dev.bindery.examples.callbacks;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;

class ProgressStreaming extends EngineBinding {
    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Answer answer = new Answer(callback);
        int limit = request.maxTokens().orElse(128);
        int tokens = 0;
        for (String chunk : engine.stream(request.input())) {
            tokens += engine.countTokens(chunk);
            if (tokens > limit) {
                return answer.result(FinishReason.LENGTH);
            }
            JsonObject metadata =
                    JsonObject.of("progress", (double) tokens / limit)
                            .with("tokens_generated", tokens)
                            .with("max_tokens", limit);
            if (!answer.chunk(chunk, metadata)) {
                return answer.result(FinishReason.CANCELLED);
            }
        }
        return answer.result(FinishReason.STOP);
    }
}
