package dev.bindery.binding.gemini;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import dev.bindery.http.HttpBinding;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.Upstream;
import java.util.List;

/** Connects Google's Gemini API. */
public final class GeminiBinding extends HttpBinding<GeminiClient> {
    /** Called by the host. */
    public GeminiBinding() {}

    @Override
    protected GeminiClient connect(TypedConfig config) {
        GeminiSettings settings = config.as(GeminiSettings.class);
        return new GeminiClient(
                Upstream.of(settings.upstream(HttpSettings.of(config))),
                settings.options(),
                settings.models());
    }

    @Override
    public List<ModelInfo> availableModels() {
        GeminiClient to = provider();
        return observed(to::availableModels);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        GeminiClient to = provider();
        return observed(() -> to.generate(request, callback));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        GeminiClient to = provider();
        return observed(() -> to.embed(request));
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        GeminiClient to = provider();
        return observed(() -> to.countTokens(request));
    }
}
