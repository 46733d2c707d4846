package dev.bindery.host;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Leads each call to the instance that serves its model. A model is named {@code instance/model},
 * by an alias, by its bare name (the first instance that has it), or by an instance's name alone
 * when that has a default model.
 *
 * <p>Every method may be called from any thread, and blocks the thread that calls; that is meant to
 * be a virtual one. Failures are {@link dev.bindery.api.BindingException}s, {@link
 * dev.bindery.api.ErrorCode#MODEL_NOT_FOUND} for a name that leads nowhere.
 */
public interface ModelRouter {
    /** The models that answer now. A snapshot; asks no binding. */
    List<ServedModel> models();

    /**
     * Those that could be pulled, too. Asks all bindings at once, for two seconds at most; one that
     * has not answered by then is shown as when it last did.
     */
    List<ServedModel> availableModels();

    /** The model that a client's name stands for. */
    ServedModel resolve(String name);

    /**
     * Answers a request.
     *
     * @param request its model is the client's name; its cancellation ends the call
     * @param sink hears the answer on the calling thread: all of it, also where the binding told
     *     nothing before it returned
     */
    GenerationResult generate(GenerationRequest request, AnswerSink sink);

    EmbeddingResult embed(EmbeddingRequest request);

    int[] tokenize(String model, String text);

    String detokenize(String model, int[] tokens);

    TokenCount countTokens(GenerationRequest request);

    /** Fetches a model; its name is {@code instance/model}. */
    void pull(String model, ProgressListener listener);

    /** Deletes a model that was pulled. */
    void delete(String model);

    /** Loads a model ahead of its first request. */
    void load(String model);

    /**
     * Loads a model ahead of its first request, to be freed when nobody has asked for it so long.
     *
     * @param keep negative for never
     */
    void load(String model, Duration keep);

    /** Frees a model. */
    void unload(String model);

    /** The models in memory, by the instance's name. */
    Map<String, List<LoadedModel>> loaded();
}
