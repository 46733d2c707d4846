package dev.bindery.binding.ollama;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TypedConfig;
import dev.bindery.http.HttpBinding;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects an Ollama server. */
public final class OllamaBinding extends HttpBinding<OllamaBinding.Server> {
    record Server(
            Upstream upstream, OllamaSettings settings, ModelCatalogue catalogue, ModelStore store)
            implements Connected {
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
    protected Server connect(TypedConfig config) {
        return Server.of(config);
    }

    @Override
    public List<String> listModels() {
        return observed(provider().catalogue()::names);
    }

    @Override
    public List<ModelInfo> availableModels() {
        return observed(provider().catalogue()::models);
    }

    @Override
    public void buildModel(@Nullable String model) {
        if (model != null) {
            provider().store().load(model);
        }
    }

    @Override
    public void destroyModel(String model) {
        provider().store().free(model);
    }

    @Override
    public List<LoadedModel> loadedModels() {
        return provider().store().loaded();
    }

    @Override
    public void pullModel(String model, ProgressListener listener) {
        provider().store().pull(model, listener);
    }

    @Override
    public void deleteModel(String model) {
        provider().store().delete(model);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Server to = provider();
        return observed(
                () -> new GenerationCall(to.upstream(), to.settings(), request, callback).run());
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Server to = provider();
        return observed(() -> new EmbeddingCall(to.upstream(), to.settings(), request).run());
    }
}
