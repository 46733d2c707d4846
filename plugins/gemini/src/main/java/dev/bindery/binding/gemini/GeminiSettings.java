package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UpstreamOptions;
import dev.bindery.http.UsualSeed;
import java.util.List;

/** The instance's settings; config.yaml says what each is for. */
record GeminiSettings(
        String apiKey,
        String baseUrl,
        List<String> models,
        int maxTokens,
        int seed,
        ThinkingMode thinking,
        SchemaForm schemaForm,
        JsonObject safetySettings,
        List<String> googleTools,
        int maxImageWidth) {
    private static final String VERTEX = "aiplatform.googleapis.com";

    /**
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    UpstreamOptions upstream(HttpSettings http) {
        safetySettings.fields().forEach(GeminiSettings::checkThreshold);
        return http.to(baseUrl)
                .errors(GeminiErrors.RULES)
                .header("x-goog-api-key", apiKey.strip())
                .build();
    }

    private static void checkThreshold(String category, JsonValue threshold) {
        if (!(threshold instanceof JsonString)) {
            throw BindingException.invalidRequest(
                    "safety_settings: the threshold of %s is not a text; expected one such as BLOCK_ONLY_HIGH"
                            .formatted(category));
        }
    }

    GeminiOptions options() {
        return new GeminiOptions(
                maxTokens,
                new UsualSeed(seed),
                thinking,
                schemaForm,
                safetySettings,
                googleTools,
                new ImageLimit(maxImageWidth),
                baseUrl.contains(VERTEX));
    }

    /** The address only: values may be secrets. */
    @Override
    public String toString() {
        return "GeminiSettings[" + baseUrl.replaceAll("//[^/@]*@", "//***@") + "]";
    }
}
