package dev.bindery.binding.bedrock;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TypedConfig;
import dev.bindery.http.HttpBinding;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamOptions;
import java.util.List;

/** Connects the models of Amazon Bedrock. */
public final class BedrockBinding extends HttpBinding<BedrockBinding.Client> {
    /** Called by the host. */
    public BedrockBinding() {}

    record Client(Upstream upstream, Upstream control, BedrockSettings settings, Credentials proof)
            implements Connected {
        /** Before anything is made for a request that cannot be signed. */
        Client withProof() {
            settings.require(proof);
            return this;
        }

        @Override
        public void close() {
            upstream.close();
            control.close();
        }
    }

    @Override
    protected Client connect(TypedConfig config) {
        BedrockSettings settings = config.as(BedrockSettings.class);
        HttpSettings http = HttpSettings.of(config);
        Credentials proof = settings.source();
        UpstreamOptions control = settings.control(http, proof);
        Upstream runtime = Upstream.of(settings.runtime(http, proof));
        return new Client(runtime, Upstream.of(control), settings, proof);
    }

    @Override
    public List<ModelInfo> availableModels() {
        Client to = provider();
        if (!to.settings().models().isEmpty()) {
            return to.settings().models().stream().map(ModelInfo::of).toList();
        }
        return observed(() -> new ModelListing(to.withProof().control(), context().card()).read());
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Client to = provider();
        return observed(() ->
                new ConverseCall(to.withProof().upstream(), to.settings(), request, callback)
                        .run());
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Client to = provider();
        return observed(() -> new EmbeddingCall(to.withProof().upstream(), request).run());
    }
}
