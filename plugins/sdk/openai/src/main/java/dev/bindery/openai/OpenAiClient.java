package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.http.HttpBinding;
import dev.bindery.http.Upstream;
import java.util.List;

/**
 * Calls one server that speaks OpenAI's protocol. Free for all threads; every method blocks, and
 * fails with nothing but a {@link BindingException}. The upstream is the caller's to close.
 *
 * @param upstream the way to the server, with {@link OpenAiErrors#RULES}
 * @param options how the server differs from OpenAI
 */
public record OpenAiClient(Upstream upstream, OpenAiOptions options)
        implements HttpBinding.Connected {
    /** A chat or a raw completion. */
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        return new GenerationCall(upstream, options, request, callback).run();
    }

    /** A batch of embeddings. */
    public EmbeddingResult embed(EmbeddingRequest request) {
        return new EmbeddingCall(upstream, options, request).run();
    }

    /** The models that the server lists, or that the options name. */
    public List<ModelInfo> availableModels() {
        return new ModelListing(upstream, options).read();
    }
}
