package dev.bindery.binding.ollama;

import dev.bindery.api.BindingContext;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TypedConfig;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ProviderHealth;
import dev.bindery.http.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects an Ollama server. */
public final class OllamaBinding extends LlmBinding {
    private final ProviderHealth provider = new ProviderHealth();
    private @Nullable Server server;

    private record Server(
            Upstream upstream,
            OllamaSettings settings,
            ModelCatalogue catalogue,
            ModelStore store) {
        static Server of(TypedConfig config) {
            OllamaSettings settings = config.as(OllamaSettings.class);
            Upstream upstream = Upstream.of(settings.upstream(HttpSettings.of(config)));
            return new Server(
                    upstream,
                    settings,
                    new ModelCatalogue(upstream),
                    new ModelStore(upstream, settings));
        }
    }

    /** Called by the host. */
    public OllamaBinding() {}

    @Override
    public void start(BindingContext context) {
        server = Server.of(context.config());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.upstream().close();
        }
    }

    /** Checks the settings; a fresh instance takes over with connections of its own. */
    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        Server.of(updated).upstream().close();
        return false;
    }

    @Override
    public Health health() {
        return provider.health();
    }

    @Override
    public List<String> listModels() {
        return provider.observed(server().catalogue()::names);
    }

    @Override
    public List<ModelInfo> availableModels() {
        return provider.observed(server().catalogue()::models);
    }

    @Override
    public void buildModel(@Nullable String model) {
        if (model != null) {
            server().store().load(model);
        }
    }

    @Override
    public void destroyModel(String model) {
        server().store().free(model);
    }

    @Override
    public List<LoadedModel> loadedModels() {
        return server().store().loaded();
    }

    @Override
    public void pullModel(String model, ProgressListener listener) {
        server().store().pull(model, listener);
    }

    @Override
    public void deleteModel(String model) {
        server().store().delete(model);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Server to = server();
        return provider.observed(
                () -> new GenerationCall(to.upstream(), to.settings(), request, callback).run());
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Server to = server();
        return provider.observed(
                () -> new EmbeddingCall(to.upstream(), to.settings(), request).run());
    }

    private Server server() {
        if (server == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return server;
    }
}
