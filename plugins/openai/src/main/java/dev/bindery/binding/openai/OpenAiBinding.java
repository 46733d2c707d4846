package dev.bindery.binding.openai;

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
import dev.bindery.http.UpstreamOptions;
import dev.bindery.openai.OpenAiClient;
import dev.bindery.openai.Provider;
import java.util.List;

/** Connects OpenAI and every other server that speaks its API. */
public final class OpenAiBinding extends HttpBinding<OpenAiClient> {
    /** Called by the host. */
    public OpenAiBinding() {}

    @Override
    protected OpenAiClient connect(TypedConfig config) {
        OpenAiSettings settings = config.as(OpenAiSettings.class);
        Provider of = ProviderChoice.of(settings);
        UpstreamOptions way = settings.upstream(of, context().instance(), HttpSettings.of(config));
        return new OpenAiClient(
                Upstream.of(way), settings.options(of, context().card().capabilities()));
    }

    @Override
    public List<ModelInfo> availableModels() {
        OpenAiClient to = provider();
        return observed(to::availableModels);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        OpenAiClient to = provider();
        return observed(() -> to.generate(request, callback));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        OpenAiClient to = provider();
        return observed(() -> to.embed(request));
    }
}
