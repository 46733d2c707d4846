package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import dev.bindery.http.Json;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code generationConfig}: how the answer is chosen, its length and its form. */
final class ConfigWriter {
    private static final int MOST_TOKENS = 65_536;

    private final GeminiOptions options;

    ConfigWriter(GeminiOptions options) {
        this.options = options;
    }

    ObjectNode of(GenerationRequest request) {
        ObjectNode config = Json.object();
        length(config, request);
        sampling(config, options.seed().in(request.sampling()));
        if (request.candidates() > 1) {
            config.put("candidateCount", request.candidates());
        }
        request.logprobs()
                .ifPresent(alternatives -> {
                    config.put("responseLogprobs", true);
                    if (alternatives > 0) {
                        config.put("logprobs", alternatives);
                    }
                });
        format(config, request.responseFormat());
        request.reasoning()
                .flatMap(wanted -> new Thinking(options.thinking()).config(request.model(), wanted))
                .ifPresent(thinking -> config.set("thinkingConfig", thinking));
        modalities(config, request.parameters());
        return config;
    }

    /** Gemini counts thoughts as a part of the answer's tokens; here a budget comes on top. */
    private void length(ObjectNode config, GenerationRequest request) {
        int most = request.maxTokens().orElse(options.maxTokens());
        if (most > 0) {
            int budget =
                    request.reasoning().map(wanted -> wanted.budgetTokens().orElse(0)).orElse(0);
            long both = Math.min(MOST_TOKENS, (long) most + Math.max(0, budget));
            config.put("maxOutputTokens", Math.max(most, both));
        }
    }

    private static void sampling(ObjectNode config, Sampling sampling) {
        sampling.temperature().ifPresent(value -> config.put("temperature", value));
        sampling.topP().ifPresent(value -> config.put("topP", value));
        sampling.topK().ifPresent(value -> config.put("topK", value));
        sampling.presencePenalty().ifPresent(value -> config.put("presencePenalty", value));
        sampling.frequencyPenalty().ifPresent(value -> config.put("frequencyPenalty", value));
        sampling.seed().ifPresent(value -> config.put("seed", (int) value));
        if (!sampling.stop().isEmpty()) {
            ArrayNode stop = config.putArray("stopSequences");
            sampling.stop().forEach(stop::add);
        }
    }

    private void format(ObjectNode config, ResponseFormat format) {
        switch (format.kind()) {
            case "text" -> {}
            case "json" -> config.put("responseMimeType", "application/json");
            case "json_schema" -> {
                config.put("responseMimeType", "application/json");
                schema(config, format.schema().orElse(JsonObject.EMPTY));
            }
            default ->
                    throw BindingException.unsupported(
                            "the response format %s; there are text, json and json_schema"
                                    .formatted(format.kind()));
        }
    }

    private void schema(ObjectNode config, JsonObject schema) {
        if (options.schemaForm() == SchemaForm.OPENAPI) {
            config.set("responseSchema", OpenApiSchema.of(Json.node(schema)));
        } else {
            config.set("responseJsonSchema", Json.node(schema));
        }
    }

    /** OpenAI's clients say with {@code modalities} that they want an image or speech. */
    private static void modalities(ObjectNode config, JsonObject parameters) {
        ArrayNode wanted = Json.array();
        for (var modality : parameters.object("openai").array("modalities").items()) {
            if (modality.toJava() instanceof String name) {
                wanted.add(name.toUpperCase(Locale.ROOT));
            }
        }
        if (!wanted.isEmpty()) {
            config.set("responseModalities", wanted);
        }
    }
}
