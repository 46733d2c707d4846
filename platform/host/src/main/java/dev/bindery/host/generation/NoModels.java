package dev.bindery.host.generation;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Models;
import java.util.List;

/** Other instances' models for a binding that is being installed: it answers nobody yet. */
enum NoModels implements Models {
    NONE;

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        throw BindingException.unsupported(
                "a binding may use other instances only while it answers a call");
    }
}
