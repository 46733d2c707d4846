package dev.bindery.server.models;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The models of another router, as they are. What stands before them extends this, and says only
 * what it does differently. Safe for all threads.
 */
public class ModelsBehind implements ModelRouter {
    private final ModelRouter next;

    protected ModelsBehind(ModelRouter next) {
        this.next = next;
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        return next.generate(request, sink);
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        return next.countTokens(request);
    }

    @Override
    public List<ServedModel> models() {
        return next.models();
    }

    @Override
    public List<ServedModel> availableModels() {
        return next.availableModels();
    }

    @Override
    public ServedModel resolve(String name) {
        return next.resolve(name);
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return next.embed(request);
    }

    @Override
    public int[] tokenize(String model, String text) {
        return next.tokenize(model, text);
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return next.detokenize(model, tokens);
    }

    @Override
    public void pull(String model, ProgressListener listener) {
        next.pull(model, listener);
    }

    @Override
    public void delete(String model) {
        next.delete(model);
    }

    @Override
    public void load(String model) {
        next.load(model);
    }

    @Override
    public void load(String model, Duration keep) {
        next.load(model, keep);
    }

    @Override
    public void unload(String model) {
        next.unload(model);
    }

    @Override
    public Map<String, List<LoadedModel>> loaded() {
        return next.loaded();
    }
}
