package dev.bindery.binding.lollms;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects a remote LoLLMs server. */
public final class LollmsBinding extends LlmBinding {
    private final ProviderHealth provider = new ProviderHealth();
    private @Nullable Server server;

    private record Server(Upstream upstream, LollmsSettings settings, ModelListing models) {
        static Server of(TypedConfig config) {
            LollmsSettings settings = config.as(LollmsSettings.class);
            Upstream upstream = Upstream.of(settings.upstream(HttpSettings.of(config)));
            return new Server(upstream, settings, new ModelListing(upstream));
        }

        Tokens tokens() {
            return new Tokens(upstream);
        }
    }

    /** Called by the host. */
    public LollmsBinding() {}

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
        return provider.observed(server().models()::names);
    }

    @Override
    public List<ModelInfo> availableModels() {
        return provider.observed(server().models()::models);
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
        return provider.observed(() -> new EmbeddingCall(to.upstream(), request).run());
    }

    @Override
    public int[] tokenize(String model, String text) {
        return server().tokens().of(model, text);
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return server().tokens().text(model, tokens);
    }

    /** The tokens of the prompt that would be sent; those of images nobody can count. */
    @Override
    public TokenCount countTokens(GenerationRequest request) throws Exception {
        WrittenPrompt prompt = WrittenPrompt.of(request.input(), server().settings());
        return prompt.images().isEmpty()
                ? TokenCount.exactly(tokenize(request.model(), prompt.text()).length)
                : super.countTokens(request);
    }

    private Server server() {
        if (server == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return server;
    }
}
