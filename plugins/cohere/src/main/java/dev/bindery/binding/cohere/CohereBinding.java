package dev.bindery.binding.cohere;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TypedConfig;
import dev.bindery.http.HttpBinding;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.Upstream;
import java.util.List;

/** Connects Cohere's API. */
public final class CohereBinding extends HttpBinding<CohereClient> {
    /** Called by the host. */
    public CohereBinding() {}

    @Override
    protected CohereClient connect(TypedConfig config) {
        CohereSettings settings = config.as(CohereSettings.class);
        return new CohereClient(
                Upstream.of(settings.upstream(HttpSettings.of(config))), settings.options());
    }

    @Override
    public List<ModelInfo> availableModels() {
        CohereClient to = provider();
        return observed(to::availableModels);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        CohereClient to = provider();
        return observed(() -> to.generate(request, callback));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        CohereClient to = provider();
        return observed(() -> to.embed(request));
    }

    @Override
    public int[] tokenize(String model, String text) {
        CohereClient to = provider();
        return observed(() -> to.tokenize(model, text));
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        CohereClient to = provider();
        return observed(() -> to.detokenize(model, tokens));
    }
}
