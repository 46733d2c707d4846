package dev.bindery.binding.gemini;

import dev.bindery.api.BindingContext;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ProviderHealth;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects Google's Gemini API. */
public final class GeminiBinding extends LlmBinding {
    private final ProviderHealth provider = new ProviderHealth();
    private @Nullable GeminiClient client;

    /** Called by the host. */
    public GeminiBinding() {}

    @Override
    public void start(BindingContext context) {
        GeminiSettings settings = context.config().as(GeminiSettings.class);
        client =
                new GeminiClient(
                        Upstream.of(upstream(context.config(), settings)),
                        settings.options(),
                        settings.models());
    }

    private static UpstreamOptions upstream(TypedConfig config, GeminiSettings settings) {
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
        var _ = upstream(updated, updated.as(GeminiSettings.class));
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
        GeminiClient to = client();
        return provider.observed(to::availableModels);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        GeminiClient to = client();
        return provider.observed(() -> to.generate(request, callback));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        GeminiClient to = client();
        return provider.observed(() -> to.embed(request));
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        GeminiClient to = client();
        return provider.observed(() -> to.countTokens(request));
    }

    private GeminiClient client() {
        if (client == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return client;
    }
}
