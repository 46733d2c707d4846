package dev.bindery.binding.cohere;

import dev.bindery.api.BindingException;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UpstreamOptions;
import dev.bindery.http.UsualSeed;
import java.util.List;

/** The instance's settings; config.yaml says what each is for. */
record CohereSettings(
        String apiKey,
        String baseUrl,
        List<String> models,
        int maxTokens,
        int seed,
        String safetyMode,
        String citationMode,
        String embeddingPurpose,
        String embeddingFormat,
        int maxImageWidth) {
    /**
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    UpstreamOptions upstream(HttpSettings http) {
        return http.to(baseUrl)
                .errors(CohereErrors.RULES)
                .header("Authorization", "Bearer " + apiKey.strip())
                .build();
    }

    CohereOptions options() {
        return new CohereOptions(
                models,
                maxTokens,
                new UsualSeed(seed),
                safetyMode,
                citationMode,
                embeddingPurpose,
                embeddingFormat,
                new ImageLimit(maxImageWidth));
    }

    /** The address only: values may be secrets. */
    @Override
    public String toString() {
        return "CohereSettings[" + baseUrl.replaceAll("//[^/@]*@", "//***@") + "]";
    }
}
