package dev.bindery.examples.callbacks;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.OperationType;

class CorrectedStreaming extends EngineBinding {
    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Answer answer = new Answer(callback);
        for (Engine.Event event : engine.events()) {
            boolean goOn =
                    switch (event.kind()) {
                        case TEXT -> answer.chunk(event.text(), about(event.text()));
                        case CORRECTION ->
                                answer.operation(OperationType.REPLACE_LAST, event.text());
                        case NEWLINE -> answer.operation(OperationType.NEW_LINE, "\n");
                    };
            if (!goOn) {
                return answer.result(FinishReason.CANCELLED);
            }
        }
        return answer.result(FinishReason.STOP);
    }

    private JsonObject about(String chunk) {
        return JsonObject.of("token_count", engine.countTokens(chunk));
    }
}
