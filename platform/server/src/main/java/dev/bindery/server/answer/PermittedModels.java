package dev.bindery.server.answer;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.Errand;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import dev.bindery.server.http.Asker;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.keys.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The models that the key of the current request may use: others are neither listed nor answered,
 * nor told apart from models that are not there. Without a key, or with one for all models, these
 * are all there are. Safe for all threads.
 */
public final class PermittedModels implements ModelRouter {
    private final ModelRouter all;

    public PermittedModels(ModelRouter all) {
        this.all = all;
    }

    @Override
    public List<ServedModel> models() {
        return permitted(all.models());
    }

    @Override
    public List<ServedModel> availableModels() {
        return permitted(all.availableModels());
    }

    private static List<ServedModel> permitted(List<ServedModel> models) {
        return limited()
                .map(key -> models.stream().filter(m -> key.permits(m.id())).toList())
                .orElse(models);
    }

    @Override
    public ServedModel resolve(String name) {
        ApiKey key = limited().orElse(null);
        if (key == null) {
            return all.resolve(name);
        }
        ServedModel model = known(name, key);
        if (!key.permits(model.id())) {
            throw refused(name, key);
        }
        return model;
    }

    private ServedModel known(String name, ApiKey key) {
        try {
            return all.resolve(name);
        } catch (BindingException e) {
            if (!key.permits(name)) {
                throw refused(name, key);
            }
            // What the host proposes instead may be what this key is not to know of.
            throw e.code().equals(ErrorCode.MODEL_NOT_FOUND)
                    ? Refusal.of(
                            e.code().httpStatus(),
                            e.code().name(),
                            "there is no model '%s'".formatted(name))
                    : e;
        }
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        return permitted(request.model(), () -> all.generate(request, sink));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return permitted(request.model(), () -> all.embed(request));
    }

    @Override
    public int[] tokenize(String model, String text) {
        return permitted(model, () -> all.tokenize(model, text));
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return permitted(model, () -> all.detokenize(model, tokens));
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        return permitted(request.model(), () -> all.countTokens(request));
    }

    @Override
    public void pull(String model, ProgressListener listener) {
        limited()
                .filter(key -> !key.permits(model))
                .ifPresent(key -> {
                    throw refused(model, key);
                });
        all.pull(model, listener);
    }

    @Override
    public void delete(String model) {
        check(model);
        all.delete(model);
    }

    @Override
    public void load(String model) {
        check(model);
        all.load(model);
    }

    @Override
    public void load(String model, Duration keep) {
        check(model);
        all.load(model, keep);
    }

    @Override
    public void unload(String model) {
        check(model);
        all.unload(model);
    }

    @Override
    public Map<String, List<LoadedModel>> loaded() {
        Map<String, List<LoadedModel>> loaded = all.loaded();
        return limited().map(key -> loaded(key, loaded)).orElse(loaded);
    }

    private static Map<String, List<LoadedModel>> loaded(
            ApiKey key, Map<String, List<LoadedModel>> loaded) {
        return loaded.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                of ->
                                        of.getValue().stream()
                                                .filter(model ->
                                                        key.permits(
                                                                of.getKey() + "/" + model.name()))
                                                .toList()));
    }

    /** Calls with what the key may use bound to the thread, for wherever a binding leads. */
    private <T> T permitted(String model, Supplier<T> call) {
        Optional<ApiKey> key = limited();
        if (key.isEmpty()) {
            return call.get();
        }
        resolve(model);
        return Errand.of(key.get()::permits).during(call::get);
    }

    private void check(String model) {
        if (limited().isPresent()) {
            resolve(model);
        }
    }

    private static Optional<ApiKey> limited() {
        return Asker.key().filter(key -> !key.unlimited());
    }

    private static Refusal refused(String model, ApiKey key) {
        return Refusal.of(
                403,
                "model_not_permitted",
                "the API key '%s' may not use '%s'; it may use %s"
                        .formatted(key.name(), model, String.join(", ", key.models())));
    }
}
