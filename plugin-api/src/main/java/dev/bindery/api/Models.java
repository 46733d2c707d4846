package dev.bindery.api;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The models of other instances, where the operator lets this binding use them. Calls run with the
 * caller's permissions and within the request's one budget of time and tries.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Models {
    /** The models that may be used now, as {@code instance/model}. */
    List<String> names();

    /**
     * Asks another instance.
     *
     * @param request its {@link GenerationRequest#model()} is {@code instance/model}
     * @throws BindingException {@link ErrorCode#MODEL_NOT_FOUND} for what is not there or not
     *     allowed, {@link ErrorCode#UNSUPPORTED} where the host does not offer this
     */
    GenerationResult generate(GenerationRequest request, GenerationCallback callback);
}
