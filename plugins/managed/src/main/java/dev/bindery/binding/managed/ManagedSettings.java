package dev.bindery.binding.managed;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UsualSeed;
import dev.bindery.openai.OpenAiOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The instance's settings; config.yaml says what each is for. */
record ManagedSettings(
        String model,
        String preset,
        String command,
        String arguments,
        String name,
        int context,
        int port,
        String directory,
        JsonObject environment,
        String apiKey,
        String healthPath,
        String apiPath,
        double startTimeout,
        double maxRestartWait,
        int maxTokens,
        int seed,
        List<String> extendedSampling,
        List<String> forwardParameters,
        int maxImageWidth,
        double firstByteTimeout,
        double idleTimeout) {
    private static final double MILLIS = 1000;

    /** What the model is to be called. */
    String servedName() {
        if (!name.isBlank()) {
            return name.strip();
        }
        String last = model.strip().replaceAll("[/\\\\]+$", "").replaceAll(".*[/\\\\]", "");
        return last.endsWith(".gguf") ? last.substring(0, last.length() - ".gguf".length()) : last;
    }

    /**
     * @throws BindingException INVALID_REQUEST when a value is not a text
     */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        environment
                .fields()
                .forEach((variable, value) -> {
                    if (!(value instanceof JsonString text)) {
                        throw BindingException.invalidRequest(
                                "environment: the value of %s is not a text; write it in quotes"
                                        .formatted(variable));
                    }
                    variables.put(variable, text.value());
                });
        return variables;
    }

    OpenAiOptions options() {
        return OpenAiOptions.builder()
                .maxTokens(maxTokens)
                .seed(new UsualSeed(seed))
                .chatLimitField("max_tokens")
                .developer("system")
                .extendedSampling(extendedSampling)
                .forwardParameters(forwardParameters)
                .embeddingFormat("float")
                .imageLimit(new ImageLimit(maxImageWidth))
                .build();
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS));
    }

    /** No values: some are secrets. */
    @Override
    public String toString() {
        return "ManagedSettings[" + preset + "]";
    }
}
