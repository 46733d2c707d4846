package dev.bindery.api;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The models of other instances, where the operator lets this one use them: {@code calls:} in its
 * file. Models are named {@code instance/model}.
 *
 * <p>A call belongs to the call of this binding that is being answered: make it on the thread that
 * runs that. So it has the permissions of who asked, ends when that is cancelled, and takes its
 * retries from the one budget of the request; hand on the request that came, changed with {@link
 * GenerationRequest#toBuilder}, to keep its time limit and its caller, too. A call on any other
 * thread is refused, and so is one that leads back to an instance that it came from.
 *
 * <p>All calls fail with a {@link BindingException}:
 *
 * <ul>
 *   <li>{@link ErrorCode#NOT_CONFIGURED} where the operator has not allowed it, or where calls lead
 *       round in a circle;
 *   <li>{@link ErrorCode#MODEL_NOT_FOUND} for what is not there, and what the caller may not use;
 *   <li>{@link ErrorCode#UNSUPPORTED} for what that model cannot do, or the host does not offer;
 *   <li>what the other instance threw; a defect of it, which is {@link ErrorCode#INTERNAL} there,
 *       is an {@link ErrorCode#UPSTREAM_ERROR} here.
 * </ul>
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface Models {
    /** The models that may be used now, as {@code instance/model}. On any thread. */
    List<String> names();

    /**
     * Whether the operator lets this instance use a model of that name, whether or not it is there.
     * On any thread.
     */
    default boolean allows(String model) {
        return names().contains(model);
    }

    /**
     * What is known of a model, with what it can do. On any thread; asks no binding.
     *
     * @return its name is {@code instance/model}
     * @throws BindingException why it cannot be used now
     */
    default ModelInfo model(String name) {
        throw unsupported("telling about models");
    }

    /**
     * Asks another instance.
     *
     * @param request its {@link GenerationRequest#model()} is {@code instance/model}
     */
    GenerationResult generate(GenerationRequest request, GenerationCallback callback);

    /**
     * Has another instance turn texts into vectors.
     *
     * @param request its {@link EmbeddingRequest#model()} is {@code instance/model}
     */
    default EmbeddingResult embed(EmbeddingRequest request) {
        throw unsupported("embeddings");
    }

    /** The tokens of the text in that model's vocabulary. */
    default int[] tokenize(String model, String text) {
        throw unsupported("tokenizing");
    }

    /** The text of the tokens. */
    default String detokenize(String model, int[] tokens) {
        throw unsupported("detokenizing");
    }

    /** How many tokens the request's input has for its model. */
    default TokenCount countTokens(GenerationRequest request) {
        throw unsupported("counting tokens");
    }

    private static BindingException unsupported(String what) {
        return BindingException.unsupported(
                "this host does not offer " + what + " by other instances");
    }
}
