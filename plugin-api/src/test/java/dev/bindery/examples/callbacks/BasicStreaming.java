package dev.bindery.examples.callbacks;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;

class BasicStreaming extends EngineBinding {
    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Answer answer = new Answer(callback);
        for (String chunk : engine.stream(request.input())) {
            if (!answer.chunk(chunk)) {
                return answer.result(FinishReason.CANCELLED);
            }
        }
        return answer.result(FinishReason.STOP);
    }
}
