package dev.bindery.binding.cohere;

import dev.bindery.api.BindingContext;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TypedConfig;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ProviderHealth;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects Cohere's API. */
public final class CohereBinding extends LlmBinding {
    private final ProviderHealth provider = new ProviderHealth();
    private @Nullable CohereClient client;

    /** Called by the host. */
    public CohereBinding() {}

    @Override
    public void start(BindingContext context) {
        CohereSettings settings = context.config().as(CohereSettings.class);
        client =
                new CohereClient(
                        Upstream.of(upstream(context.config(), settings)), settings.options());
    }

    private static UpstreamOptions upstream(TypedConfig config, CohereSettings settings) {
        return settings.upstream(HttpSettings.of(config));
    }

    @Override
    public void stop() {
        if (client != null) {
            client.upstream().close();
        }
    }

    /** Checks the settings; a fresh instance takes over with connections of its own. */
    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        var _ = upstream(updated, updated.as(CohereSettings.class));
        return false;
    }

    @Override
    public Health health() {
        return provider.health();
    }

    @Override
    public List<String> listModels() {
        return availableModels().stream().map(ModelInfo::name).toList();
    }

    @Override
    public List<ModelInfo> availableModels() {
        CohereClient to = client();
        return provider.observed(to::availableModels);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        CohereClient to = client();
        return provider.observed(() -> to.generate(request, callback));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        CohereClient to = client();
        return provider.observed(() -> to.embed(request));
    }

    @Override
    public int[] tokenize(String model, String text) {
        CohereClient to = client();
        return provider.observed(() -> to.tokenize(model, text));
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        CohereClient to = client();
        return provider.observed(() -> to.detokenize(model, tokens));
    }

    private CohereClient client() {
        if (client == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return client;
    }
}
