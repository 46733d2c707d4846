package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What the native library complains of, in terms of the contract. */
final class LlamaFailure {
    private LlamaFailure() {}

    /** A refused request comes as JSON, whatever else goes wrong as plain words. */
    static BindingException of(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        try {
            Object json = new Yaml(new SafeConstructor(new LoaderOptions())).load(message);
            if (json instanceof Map<?, ?> fields && fields.get("message") instanceof String words) {
                return new BindingException(
                        ErrorCode.INVALID_REQUEST,
                        "llama.cpp refuses the request: " + words,
                        failure);
            }
        } catch (YAMLException _) {
            // Plain words.
        }
        return new BindingException(
                ErrorCode.UPSTREAM_ERROR, "llama.cpp failed: " + message, failure);
    }
}
