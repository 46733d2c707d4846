package dev.bindery.server.recall;

import dev.bindery.api.Chat;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import dev.bindery.api.ToolCallPart;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import dev.bindery.server.http.Asker;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.options.RecallLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Models whose tool calls come back with what their provider attached to them, whatever the client
 * has dropped. Each key has its own memory of each instance; without keys there is one. Safe for
 * all threads.
 */
public final class RecallingModels implements ModelRouter {
    private static final String NO_KEY = "";

    private final ModelRouter models;
    private final TurnStore turns;

    public RecallingModels(ModelRouter models, RecallLimits limits) {
        this.models = models;
        this.turns = new TurnStore(limits, System::nanoTime);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        if (!(request.input() instanceof Chat chat) || !concernsTools(request, chat)) {
            return models.generate(request, sink);
        }
        String asker = Asker.key().map(ApiKey::hash).orElse(NO_KEY);
        String instance = models.resolve(request.model()).instance();
        TurnStore.Owner owner = new TurnStore.Owner(asker, instance);
        GenerationResult result = models.generate(restored(owner, request, chat), sink);
        result.candidates().forEach(answer -> Turn.of(answer).ifPresent(t -> turns.put(owner, t)));
        return result;
    }

    private static boolean concernsTools(GenerationRequest request, Chat chat) {
        return !request.tools().isEmpty()
                || chat.messages().stream()
                        .anyMatch(message -> !message.parts(ToolCallPart.class).isEmpty());
    }

    private GenerationRequest restored(
            TurnStore.Owner owner, GenerationRequest request, Chat chat) {
        return request.toBuilder()
                .input(
                        Chat.of(
                                chat.messages().stream()
                                        .map(message -> turns.restored(owner, message))
                                        .toList()))
                .build();
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        return models.countTokens(request);
    }

    @Override
    public List<ServedModel> models() {
        return models.models();
    }

    @Override
    public List<ServedModel> availableModels() {
        return models.availableModels();
    }

    @Override
    public ServedModel resolve(String name) {
        return models.resolve(name);
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return models.embed(request);
    }

    @Override
    public int[] tokenize(String model, String text) {
        return models.tokenize(model, text);
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return models.detokenize(model, tokens);
    }

    @Override
    public void pull(String model, ProgressListener listener) {
        models.pull(model, listener);
    }

    @Override
    public void delete(String model) {
        models.delete(model);
    }

    @Override
    public void load(String model) {
        models.load(model);
    }

    @Override
    public void load(String model, Duration keep) {
        models.load(model, keep);
    }

    @Override
    public void unload(String model) {
        models.unload(model);
    }

    @Override
    public Map<String, List<LoadedModel>> loaded() {
        return models.loaded();
    }
}
