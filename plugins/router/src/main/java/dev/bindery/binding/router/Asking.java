package dev.bindery.binding.router;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Models;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import java.util.Set;

/**
 * One target asked for an answer. What tells of the work and not of the answer is passed on at
 * once; with the first piece of the answer the client has it from this target and no other.
 */
record Asking(Models models, Target target, Patience patience) {
    private static final Set<OperationType> BESIDE =
            Set.of(
                    OperationType.WARNING,
                    OperationType.INFO,
                    OperationType.STEP,
                    OperationType.STEP_START,
                    OperationType.STEP_PROGRESS,
                    OperationType.STEP_END_SUCCESS,
                    OperationType.STEP_END_FAILURE,
                    OperationType.JSON_INFOS,
                    OperationType.USAGE);

    GenerationResult generate(GenerationRequest.Builder request, GenerationCallback callback)
            throws Journey.Begun {
        try {
            GenerationResult result =
                    models.generate(
                            request.model(target.model()).cancellation(patience).build(),
                            operation -> on(operation, callback));
            if (!patience.begin()) {
                throw BindingException.cancelled();
            }
            return result;
        } catch (BindingException e) {
            if (patience.begun()) {
                throw new Journey.Begun(e);
            }
            throw patience.meant(e);
        }
    }

    private boolean on(Operation operation, GenerationCallback callback) {
        return (isBeside(operation) || patience.begin()) && callback.on(operation);
    }

    /** A part that the contract has no name for is told as information, and is a piece. */
    private static boolean isBeside(Operation operation) {
        return BESIDE.contains(operation.type()) && operation.metadata().object("opaque").isEmpty();
    }
}
