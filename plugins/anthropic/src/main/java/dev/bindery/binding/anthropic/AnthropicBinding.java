package dev.bindery.binding.anthropic;

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

/** Connects Anthropic and other servers that speak its Messages API. */
public final class AnthropicBinding extends HttpBinding<AnthropicBinding.Client> {
    /** Called by the host. */
    public AnthropicBinding() {}

    record Client(Upstream upstream, AnthropicSettings settings) implements Connected {}

    @Override
    protected Client connect(TypedConfig config) {
        AnthropicSettings settings = config.as(AnthropicSettings.class);
        return new Client(Upstream.of(settings.upstream(HttpSettings.of(config))), settings);
    }

    @Override
    public List<ModelInfo> availableModels() {
        Client to = provider();
        return observed(new ModelListing(to.upstream(), to.settings())::read);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Client to = provider();
        return observed(new MessageCall(to.upstream(), to.settings(), request, callback)::run);
    }

    /** Counted by the provider; estimated where it is a compatible server that counts nothing. */
    @Override
    public TokenCount countTokens(GenerationRequest request) throws Exception {
        Client to = provider();
        var counted = observed(new CountCall(to.upstream(), to.settings(), request)::run);
        return counted.isPresent() ? counted.get() : super.countTokens(request);
    }
}
