package dev.bindery.openai;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Sampling;
import dev.bindery.http.Json;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields that chats and completions have in common. */
final class RequestFields {
    private static final String DIALECT = "openai";

    private final OpenAiOptions options;

    RequestFields(OpenAiOptions options) {
        this.options = options;
    }

    /**
     * @param limitField what the limit of the answer's length is called
     */
    ObjectNode of(GenerationRequest request, String limitField) {
        ObjectNode body = Json.object().put("model", request.model());
        request.maxTokens().ifPresent(most -> body.put(limitField, most));
        if (request.maxTokens().isEmpty() && options.maxTokens() > 0) {
            body.put(limitField, options.maxTokens());
        }
        sampling(body, options.seed().in(request.sampling()));
        if (request.candidates() > 1) {
            body.put("n", request.candidates());
        }
        if (request.streaming()) {
            body.put("stream", true);
            if (options.streamUsage()) {
                body.putObject("stream_options").put("include_usage", true);
            }
        }
        return body;
    }

    private void sampling(ObjectNode body, Sampling sampling) {
        sampling.temperature().ifPresent(value -> body.put("temperature", value));
        sampling.topP().ifPresent(value -> body.put("top_p", value));
        sampling.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
        sampling.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
        sampling.seed().ifPresent(value -> body.put("seed", value));
        if (!sampling.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            sampling.stop().forEach(stop::add);
        }
        for (String name : options.extendedSampling()) {
            extended(body, name, sampling);
        }
    }

    private static void extended(ObjectNode body, String name, Sampling sampling) {
        switch (name) {
            case "top_k" -> sampling.topK().ifPresent(value -> body.put(name, value));
            case "min_p" -> sampling.minP().ifPresent(value -> body.put(name, value));
            case "repetition_penalty", "repeat_penalty" ->
                    sampling.repeatPenalty().ifPresent(value -> body.put(name, value));
            case "repeat_last_n" ->
                    sampling.repeatLastN().ifPresent(value -> body.put(name, value));
            default ->
                    throw new IllegalArgumentException("not among the setting's options: " + name);
        }
    }

    /** Adds what the client sent in OpenAI's own terms, where the server is known to know it. */
    void forward(ObjectNode body, JsonObject parameters, Set<String> known) {
        parameters
                .object(DIALECT)
                .fields()
                .forEach((name, value) -> {
                    boolean wanted =
                            known.contains(name) || options.forwardParameters().contains(name);
                    if (wanted && !body.has(name)) {
                        body.set(name, Json.node(value));
                    }
                });
    }
}
