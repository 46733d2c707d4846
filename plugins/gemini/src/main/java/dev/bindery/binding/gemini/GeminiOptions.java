package dev.bindery.binding.gemini;

import dev.bindery.api.JsonObject;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UsualSeed;
import java.util.List;

/**
 * What the operator wants of every request; config.yaml says what each is for.
 *
 * @param vertex whether it is Vertex AI's form of the API, which counts tokens differently
 */
record GeminiOptions(
        int maxTokens,
        UsualSeed seed,
        ThinkingMode thinking,
        SchemaForm schemaForm,
        JsonObject safetySettings,
        List<String> googleTools,
        ImageLimit imageLimit,
        boolean vertex) {}
