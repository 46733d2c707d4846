package dev.bindery.binding.openai;

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
import dev.bindery.openai.OpenAiClient;
import dev.bindery.openai.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects OpenAI and every other server that speaks its API. */
public final class OpenAiBinding extends LlmBinding {
    private final ProviderHealth provider = new ProviderHealth();
    private @Nullable OpenAiClient client;

    /** Called by the host. */
    public OpenAiBinding() {}

    @Override
    public void start(BindingContext context) {
        client = client(context.config(), context);
    }

    private static OpenAiClient client(TypedConfig config, BindingContext context) {
        OpenAiSettings settings = config.as(OpenAiSettings.class);
        Provider of = ProviderChoice.of(settings);
        UpstreamOptions way = settings.upstream(of, context.instance(), HttpSettings.of(config));
        return new OpenAiClient(
                Upstream.of(way), settings.options(of, context.card().capabilities()));
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
        client(updated, context()).upstream().close();
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
        OpenAiClient to = client();
        return provider.observed(to::availableModels);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        OpenAiClient to = client();
        return provider.observed(() -> to.generate(request, callback));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        OpenAiClient to = client();
        return provider.observed(() -> to.embed(request));
    }

    private OpenAiClient client() {
        if (client == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return client;
    }
}
