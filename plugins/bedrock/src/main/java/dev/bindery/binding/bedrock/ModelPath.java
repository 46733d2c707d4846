package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The address of what a model can do, encoded as AWS signs it. */
final class ModelPath {
    private ModelPath() {}

    /**
     * @param model an id, an inference profile's id, or an ARN
     * @param action {@code converse}, {@code converse-stream}, {@code invoke}
     */
    static String of(String model, String action) {
        if (!model.matches("[a-zA-Z0-9][a-zA-Z0-9-:.@/_]*")) {
            throw BindingException.modelNotFound(
                    "\"%s\" is no model of Bedrock; they are called like amazon.nova-pro-v1:0"
                            .formatted(model));
        }
        return "model/%s/%s".formatted(URLEncoder.encode(model, StandardCharsets.UTF_8), action);
    }
}
