package dev.bindery.binding.cohere;

import dev.bindery.http.ImageLimit;
import dev.bindery.http.UsualSeed;
import java.util.List;

/**
 * What the operator wants of every request; config.yaml says what each is for.
 *
 * @param models names to list; empty to ask Cohere
 */
record CohereOptions(
        List<String> models,
        int maxTokens,
        UsualSeed seed,
        String safetyMode,
        String citationMode,
        String embeddingPurpose,
        String embeddingFormat,
        ImageLimit imageLimit) {
    /** The value of a setting that leaves it to Cohere. */
    static final String DEFAULT = "default";
}
