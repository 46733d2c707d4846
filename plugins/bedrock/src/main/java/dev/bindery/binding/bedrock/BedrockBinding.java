package dev.bindery.binding.bedrock;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects the models of Amazon Bedrock. */
public final class BedrockBinding extends LlmBinding {
    private final ProviderHealth provider = new ProviderHealth();
    private @Nullable Client client;

    /** Called by the host. */
    public BedrockBinding() {}

    private record Client(Upstream runtime, Upstream control, BedrockSettings settings) {}

    @Override
    public void start(BindingContext context) {
        BedrockSettings settings = context.config().as(BedrockSettings.class);
        HttpSettings http = HttpSettings.of(context.config());
        client =
                new Client(
                        Upstream.of(settings.runtime(http)),
                        Upstream.of(settings.control(http)),
                        settings);
    }

    @Override
    public void stop() {
        if (client != null) {
            client.runtime().close();
            client.control().close();
        }
    }

    /** Checks the settings; a fresh instance takes over with connections of its own. */
    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        BedrockSettings settings = updated.as(BedrockSettings.class);
        var _ = settings.runtime(HttpSettings.of(updated));
        var _ = settings.control(HttpSettings.of(updated));
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
        if (!to.settings().models().isEmpty()) {
            return to.settings().models().stream().map(ModelInfo::of).toList();
        }
        to.settings().requireCredentials();
        return provider.observed(new ModelListing(to.control(), context().card())::read);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Client to = client();
        to.settings().requireCredentials();
        return provider.observed(
                new ConverseCall(to.runtime(), to.settings(), request, callback)::run);
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Client to = client();
        to.settings().requireCredentials();
        return provider.observed(new EmbeddingCall(to.runtime(), request)::run);
    }

    private Client client() {
        if (client == null) {
            throw new IllegalStateException("the binding is not started");
        }
        return client;
    }
}
