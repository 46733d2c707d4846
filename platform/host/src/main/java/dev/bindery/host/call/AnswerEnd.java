package dev.bindery.host.call;

import dev.bindery.api.Answer;
import dev.bindery.api.Candidate;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import java.util.List;

/** Brings a result and the operations that led to it together. */
final class AnswerEnd {
    private AnswerEnd() {}

    /**
     * The result, with the token counts of the operations where it has none. A binding that sent no
     * operations of a candidate has its parts sent as operations now, so that who listens hears the
     * same either way.
     */
    static GenerationResult complete(GenerationResult result, Answer answer) {
        for (int i = 0; i < result.candidates().size(); i++) {
            if (answer.parts(i).isEmpty()) {
                send(result.candidates().get(i), i, answer);
            }
        }
        return result.usage().isPresent() ? result : result.withUsage(answer.usage().orElse(null));
    }

    private static void send(Candidate candidate, int index, Answer answer) {
        int calls = 0;
        for (Part part : candidate.parts()) {
            Operation operation =
                    switch (part) {
                        case TextPart text -> Operation.chunk(text.text());
                        case ReasoningPart reasoning -> Operation.reasoning(reasoning);
                        case MediaPart media -> Operation.media(media);
                        case ToolCallPart call ->
                                Operation.toolCall(ToolCallDelta.whole(calls++, call));
                        default -> null;
                    };
            if (operation != null && !answer.on(operation.withCandidate(index))) {
                return;
            }
        }
        if (!candidate.logprobs().isEmpty()) {
            answer.on(Operation.logprobs(candidate.logprobs()).withCandidate(index));
        }
    }

    static boolean isContradictory(GenerationResult result, Answer answer) {
        List<Candidate> candidates = result.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            if (!candidates.get(i).text().equals(answer.text(i))) {
                return true;
            }
        }
        return false;
    }
}
