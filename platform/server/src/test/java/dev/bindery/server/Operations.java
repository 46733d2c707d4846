package dev.bindery.server;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads LoLLMs' stream of operations as the contract says that they add up. */
final class Operations {
    private Operations() {}

    static String text(Stream<JsonNode> operations) {
        Answer answer = new Answer(GenerationCallback.IGNORE);
        operations.forEach(each -> {
            if (each.at("/metadata/retriable").isBoolean()) {
                throw new IllegalStateException(each.toString());
            }
            OperationType type = OperationType.of(each.get("type").intValue());
            answer.on(Operation.of(type, each.get("text").stringValue()));
        });
        return answer.result(FinishReason.STOP).text();
    }
}
