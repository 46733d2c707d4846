package dev.bindery.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Connects one model provider: the guide's {@code LLMBinding}. Extend it, give the class a public
 * constructor without parameters, and name it in {@code
 * META-INF/services/dev.bindery.api.LlmBinding}. The host makes one object for each configured
 * instance.
 *
 * <p>{@link #generate} and {@link #listModels} are all that must be there. What a binding does not
 * override is refused with {@link ErrorCode#UNSUPPORTED}, and what its card does not declare among
 * its capabilities never reaches it.
 *
 * <p><b>Threads.</b> {@link #generate}, {@link #embed}, {@link #tokenize}, {@link #detokenize},
 * {@link #countTokens}, {@link #listModels}, {@link #availableModels}, {@link #loadedModels},
 * {@link #execute}, {@link #health} run concurrently with each other. {@link #start}, {@link
 * #stop}, {@link #settingsUpdated}, {@link #install}, {@link #uninstall} never overlap one another,
 * and {@link #start} comes before everything else. The context class loader is the binding's own.
 *
 * <p><b>Errors.</b> Throw a {@link BindingException} for what a client can act on. Anything else is
 * reported as {@link ErrorCode#INTERNAL}, an {@link java.io.IOException} as {@link
 * ErrorCode#UPSTREAM_UNAVAILABLE}. An empty answer is never an error's disguise.
 */
@API(status = API.Status.STABLE, since = "1.0")
public abstract class LlmBinding {
    private @Nullable BindingContext context;

    /** Found and called by the host. Do nothing here that can fail or take time. */
    protected LlmBinding() {}

    /** Called once by the host before anything else. */
    @API(status = API.Status.INTERNAL, since = "1.0")
    public final void attach(BindingContext context) {
        if (this.context != null) {
            throw new IllegalStateException("this binding has its context already");
        }
        this.context = Objects.requireNonNull(context, "context");
    }

    /**
     * What the host gives this instance.
     *
     * @throws IllegalStateException in the constructor, where it is not there yet
     */
    public final BindingContext context() {
        if (context == null) {
            throw new IllegalStateException("the context is there from install or start on");
        }
        return context;
    }

    // ------------------------------------------------------------------ life

    /**
     * Fetches what the binding needs, once per version, before any start, on an object of its own.
     * {@code context().packages()} does the work.
     */
    public void install() throws Exception {}

    /** Removes what {@link #install} fetched and only this binding needs. */
    public void uninstall() throws Exception {}

    /**
     * Begins. Checks what can be checked without the network and returns soon; a provider that
     * cannot be reached is no reason to fail here.
     */
    public void start(BindingContext context) throws Exception {}

    /** Ends: closes connections, threads and files. No call is running any more. */
    public void stop() throws Exception {}

    /**
     * New settings that fit the template.
     *
     * @return true when they are in force now; false, the default, has the host swap in a fresh
     *     instance with them, without a call failing
     * @throws BindingException to refuse them; the old ones stay in force
     */
    public boolean settingsUpdated(TypedConfig updated) throws Exception {
        return false;
    }

    /** How the instance is; called now and then, must not block. */
    public Health health() {
        return Health.UP;
    }

    // ---------------------------------------------------------------- models

    /** The names of the models that can be used now. Never on a request's path; may block. */
    public abstract List<String> listModels() throws Exception;

    /**
     * What is known of the models, those included that must be pulled first.
     *
     * @return by default the names of {@link #listModels}
     */
    public List<ModelInfo> availableModels() throws Exception {
        return listModels().stream().map(ModelInfo::of).toList();
    }

    /**
     * Loads a model so that the next request finds it ready.
     *
     * @param model its name; null for the instance's default
     */
    public void buildModel(@Nullable String model) throws Exception {}

    /** Frees what {@link #buildModel} or a request has loaded. */
    public void destroyModel(String model) throws Exception {}

    /** The models in memory now. */
    public List<LoadedModel> loadedModels() throws Exception {
        return List.of();
    }

    /** Fetches a model. */
    public void pullModel(String model, ProgressListener listener) throws Exception {
        throw unsupported("pulling models");
    }

    /** Deletes a model that was pulled. */
    public void deleteModel(String model) throws Exception {
        throw unsupported("deleting models");
    }

    // ----------------------------------------------------------------- calls

    /**
     * Answers a request. The text that the callback's operations add up to is the answer; the
     * result's text equals it.
     *
     * @param callback hears the answer piece by piece; after it has returned false, return soon
     *     with what there is and {@link FinishReason#CANCELLED}
     * @throws BindingException with the code that fits; {@link ErrorCode#CANCELLED} when the
     *     request was cancelled before there was anything to return
     */
    public abstract GenerationResult generate(
            GenerationRequest request, GenerationCallback callback) throws Exception;

    /**
     * For callers: puts the images into the last user message and asks {@link #generate}, where
     * they are {@link MediaPart}s in their place.
     */
    public final GenerationResult generateWithImages(
            GenerationRequest request, List<Blob> images, GenerationCallback callback)
            throws Exception {
        return generate(request.withImages(images), callback);
    }

    /** Turns a batch of texts into vectors. */
    public EmbeddingResult embed(EmbeddingRequest request) throws Exception {
        throw unsupported("embeddings");
    }

    /** The tokens of the text in the model's vocabulary, without any added at its beginning. */
    public int[] tokenize(String model, String text) throws Exception {
        throw unsupported("tokenizing");
    }

    /** The text of the tokens. */
    public String detokenize(String model, int[] tokens) throws Exception {
        throw unsupported("detokenizing");
    }

    /**
     * How many tokens the request's input has, tools included.
     *
     * @return by default an estimate: a token for every four bytes of UTF-8 text
     */
    public TokenCount countTokens(GenerationRequest request) throws Exception {
        return TokenEstimate.of(request);
    }

    // ------------------------------------------------------------------ more

    /**
     * Runs a command that the card declares.
     *
     * @param arguments they fit the command's parameters
     */
    public JsonValue execute(
            String command, Map<String, JsonValue> arguments, ProgressListener listener)
            throws Exception {
        throw unsupported("the command " + command);
    }

    /**
     * A role beyond this class, such as reranking or speech: the door for what is to come.
     *
     * @return by default this object, when it has that type
     */
    public <T> Optional<T> extension(Class<T> role) {
        return Stream.of(this).filter(role::isInstance).map(role::cast).findFirst();
    }

    // --------------------------------------------------------- notifications

    /** Tells the operator. */
    protected final void info(String message) {
        context().notifications().info(message);
    }

    /** Warns the operator. */
    protected final void warning(String message) {
        context().notifications().warning(message);
    }

    /** Tells the operator of a failure. */
    protected final void error(String message) {
        context().notifications().error(message);
    }

    /** Tells the operator of a success. */
    protected final void success(String message) {
        context().notifications().success(message);
    }

    private static BindingException unsupported(String what) {
        return BindingException.unsupported("this binding does not offer " + what);
    }
}
