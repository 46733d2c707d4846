package dev.bindery.binding.gemini;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TokenCount;
import dev.bindery.http.HttpBinding;
import dev.bindery.http.Upstream;
import java.util.List;

/**
 * Calls the API. Free for all threads; every method blocks, and fails with nothing but a {@link
 * dev.bindery.api.BindingException}.
 *
 * @param models what the operator says there is; empty to ask Google
 */
record GeminiClient(Upstream upstream, GeminiOptions options, List<String> models)
        implements HttpBinding.Connected {
    GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        return new GenerationCall(upstream, options, request, callback).run();
    }

    EmbeddingResult embed(EmbeddingRequest request) {
        return new EmbeddingCall(upstream, request).run();
    }

    TokenCount countTokens(GenerationRequest request) {
        return new TokenCall(upstream, options, request).run();
    }

    List<ModelInfo> availableModels() {
        return models.isEmpty()
                ? new ModelListing(upstream).read()
                : models.stream().map(ModelInfo::of).toList();
    }
}
