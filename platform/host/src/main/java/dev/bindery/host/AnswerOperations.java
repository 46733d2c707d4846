package dev.bindery.host;

import dev.bindery.api.Candidate;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import java.util.ArrayList;
import java.util.List;

/** An answer of which nothing was told, as the operations that it would have come by. */
public final class AnswerOperations {
    private AnswerOperations() {}

    /** From its first part to its last; opaque parts are the binding's own to tell. */
    public static List<Operation> of(Candidate answer) {
        List<Operation> operations = new ArrayList<>();
        int calls = 0;
        for (Part part : answer.parts()) {
            switch (part) {
                case TextPart text -> operations.add(Operation.chunk(text.text()));
                case ReasoningPart thought -> operations.add(Operation.reasoning(thought));
                case MediaPart media -> operations.add(Operation.media(media));
                case ToolCallPart call ->
                        operations.add(Operation.toolCall(ToolCallDelta.whole(calls++, call)));
                default -> {}
            }
        }
        if (!answer.logprobs().isEmpty()) {
            operations.add(Operation.logprobs(answer.logprobs()));
        }
        return operations;
    }
}
