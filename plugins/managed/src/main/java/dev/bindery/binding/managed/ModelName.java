package dev.bindery.binding.managed;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.ModelInfo;

/**
 * The name of the one model. A server that is not told it calls the model what it was started with,
 * often a path, which is neither a name to type nor one to show to others.
 *
 * @param served what clients call it
 * @param started what the server is started with
 * @param told whether the server learns the name
 */
record ModelName(String served, String started, boolean told) {
    static ModelName of(ManagedSettings settings, CommandLine command) {
        return new ModelName(
                settings.servedName(), settings.model().strip(), command.wants("{name}"));
    }

    ModelInfo shown(ModelInfo listed) {
        return listed.name().equals(started) ? listed.toBuilder().name(served).build() : listed;
    }

    GenerationRequest asked(GenerationRequest request) {
        return isOurs(request.model()) ? request.toBuilder().model(started).build() : request;
    }

    EmbeddingRequest asked(EmbeddingRequest request) {
        return isOurs(request.model()) ? request.toBuilder().model(started).build() : request;
    }

    private boolean isOurs(String model) {
        return !told && model.equals(served);
    }
}
