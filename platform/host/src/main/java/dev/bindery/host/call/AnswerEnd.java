package dev.bindery.host.call;

import dev.bindery.api.Answer;
import dev.bindery.api.Candidate;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.host.AnswerOperations;
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
        for (Operation operation : AnswerOperations.of(candidate)) {
            if (!answer.on(operation.withCandidate(index))) {
                return;
            }
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
