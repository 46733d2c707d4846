package dev.bindery.binding.anthropic;

import dev.bindery.api.BindingContext;
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

/** Connects Anthropic and other servers that speak its Messages API. */
public final class AnthropicBinding extends LlmBinding {
    private final ProviderHealth provider = new ProviderHealth();
    private @Nullable Client client;

    /** Called by the host. */
    public AnthropicBinding() {}

    private record Client(Upstream upstream, AnthropicSettings settings) {}

    @Override
    public void start(BindingContext context) {
        AnthropicSettings settings = context.config().as(AnthropicSettings.class);
        client = new Client(Upstream.of(upstream(context.config(), settings)), settings);
    }

    private static UpstreamOptions upstream(TypedConfig config, AnthropicSettings settings) {
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
        var _ = upstream(updated, updated.as(AnthropicSettings.class));
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
        Client to = client();
        return provider.observed(new ModelListing(to.upstream(), to.settings())::read);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Client to = client();
        return provider.observed(
                new MessageCall(to.upstream(), to.settings(), request, callback)::run);
    }

    /** Counted by the provider; estimated where it is a compatible server that counts nothing. */
    @Override
    public TokenCount countTokens(GenerationRequest request) throws Exception {
        Client to = client();
        var counted = provider.observed(new CountCall(to.upstream(), to.settings(), request)::run);
        return counted.isPresent() ? counted.get() : super.countTokens(request);
    }

    private Client client() {
        if (client == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return client;
    }
}
