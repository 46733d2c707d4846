package dev.bindery.binding.cohere;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.http.HttpBinding;
import dev.bindery.http.Upstream;
import java.util.List;

/**
 * Calls the API. Free for all threads; every method blocks, and fails with nothing but a {@link
 * dev.bindery.api.BindingException}.
 */
record CohereClient(Upstream upstream, CohereOptions options) implements HttpBinding.Connected {
    GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        return new ChatCall(upstream, options, request, callback).run();
    }

    EmbeddingResult embed(EmbeddingRequest request) {
        return new EmbeddingCall(upstream, options, request).run();
    }

    int[] tokenize(String model, String text) {
        return new TokenCall(upstream, model).tokens(text);
    }

    String detokenize(String model, int[] tokens) {
        return new TokenCall(upstream, model).text(tokens);
    }

    List<ModelInfo> availableModels() {
        return options.models().isEmpty()
                ? new ModelListing(upstream).read()
                : options.models().stream().map(ModelInfo::of).toList();
    }
}
