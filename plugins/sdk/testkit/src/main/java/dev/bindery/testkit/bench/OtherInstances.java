package dev.bindery.testkit.bench;

import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Models;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import java.util.List;

/**
 * Models of other instances where a binding was given no companions: one answers with what no
 * contract has today, the other fails with it.
 */
final class OtherInstances implements Models {
    @Override
    public List<String> names() {
        return List.of("other/strange", "other/tired");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        return switch (request.model()) {
            case "other/strange" -> strange(callback);
            case "other/tired" ->
                    throw new BindingException(
                            new ErrorCode("TIRED", 503, true), "an error of a later version");
            default -> throw BindingException.modelNotFound("no model " + request.model());
        };
    }

    private static GenerationResult strange(GenerationCallback callback) {
        callback.on(Operation.of(new OperationType(999, "SPARKLE"), "of a later version"));
        callback.chunk("from afar");
        return GenerationResult.of(Candidate.of("from afar", new FinishReason("sparkled")));
    }
}
