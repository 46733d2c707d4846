package dev.bindery.host.generation;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;

/**
 * Who hears another instance's answer. That may have come to its end before it could learn that
 * nobody wants more of it; what is told then is what was heard. For one answer.
 */
final class Listener {
    private final Answer heard;
    private boolean enough;

    Listener(GenerationCallback callback) {
        heard = new Answer(callback);
    }

    boolean on(Operation operation) {
        boolean wanted = heard.on(operation);
        enough |= !wanted;
        return wanted;
    }

    /**
     * @param whole what the other instance says that it answered
     */
    GenerationResult result(GenerationResult whole) {
        return enough
                ? whole.toBuilder()
                        .candidates(heard.result(FinishReason.CANCELLED).candidates())
                        .build()
                : whole;
    }
}
