package dev.bindery.binding.lollms;

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

/** Connects a remote LoLLMs server. */
public final class LollmsBinding extends HttpBinding<LollmsBinding.Server> {
    record Server(Upstream upstream, LollmsSettings settings, ModelListing models)
            implements Connected {
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
    protected Server connect(TypedConfig config) {
        return Server.of(config);
    }

    @Override
    public List<String> listModels() {
        return observed(provider().models()::names);
    }

    @Override
    public List<ModelInfo> availableModels() {
        return observed(provider().models()::models);
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
        return observed(() -> new EmbeddingCall(to.upstream(), request).run());
    }

    @Override
    public int[] tokenize(String model, String text) {
        return provider().tokens().of(model, text);
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return provider().tokens().text(model, tokens);
    }

    /** The tokens of the prompt that would be sent; those of images nobody can count. */
    @Override
    public TokenCount countTokens(GenerationRequest request) throws Exception {
        WrittenPrompt prompt = WrittenPrompt.of(request.input(), provider().settings());
        return prompt.images().isEmpty()
                ? TokenCount.exactly(tokenize(request.model(), prompt.text()).length)
                : super.countTokens(request);
    }
}
