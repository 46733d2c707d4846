package dev.bindery.binding.lollms;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Sampling;
import dev.bindery.http.Json;
import dev.bindery.http.UpstreamRequest;
import dev.bindery.http.UsualSeed;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request as the body of {@code /lollms_generate}. */
final class GenerationBody {
    private static final String THREADS = "n_threads";

    private final LollmsSettings settings;

    GenerationBody(LollmsSettings settings) {
        this.settings = settings;
    }

    /**
     * Answers are streamed always: so a long one is not taken for silence, and LoLLMs chooses the
     * model that a request names for streams only.
     */
    UpstreamRequest.Builder of(GenerationRequest request, WrittenPrompt prompt) {
        refuseWhatHasNoPlace(request);
        ObjectNode body =
                Json.object()
                        .put("prompt", prompt.text())
                        .put("model_name", request.model())
                        .put("stream", true)
                        .put("n_predict", most(request));
        sampling(body, request.sampling());
        request.parameters()
                .object("lollms")
                .whole(THREADS)
                .ifPresent(threads -> body.put(THREADS, threads));
        if (prompt.images().isEmpty()) {
            return UpstreamRequest.post("lollms_generate", body);
        }
        ArrayNode images = body.putArray("images");
        prompt.images().forEach(images::add);
        return UpstreamRequest.post("lollms_generate_with_images", body);
    }

    private static void refuseWhatHasNoPlace(GenerationRequest request) {
        if (!request.tools().isEmpty()) {
            throw BindingException.unsupported("LoLLMs takes no tools");
        }
        if (!request.responseFormat().kind().equals("text")) {
            throw BindingException.unsupported("LoLLMs cannot be held to a form of its answer");
        }
        if (request.candidates() > 1) {
            throw BindingException.unsupported("LoLLMs gives one answer to a request");
        }
    }

    /** -1 is LoLLMs' word for no limit. */
    private int most(GenerationRequest request) {
        int usual = settings.maxTokens() > 0 ? settings.maxTokens() : -1;
        return request.maxTokens().orElse(usual);
    }

    private void sampling(ObjectNode body, Sampling sampling) {
        sampling.temperature().ifPresent(value -> body.put("temperature", value));
        sampling.topP().ifPresent(value -> body.put("top_p", value));
        sampling.topK().ifPresent(value -> body.put("top_k", value));
        sampling.repeatPenalty().ifPresent(value -> body.put("repeat_penalty", value));
        sampling.repeatLastN().ifPresent(value -> body.put("repeat_last_n", value));
        long seed = new UsualSeed(settings.seed()).in(sampling).seed().orElse(-1);
        if (seed >= 0) {
            body.put("seed", Math.floorMod(seed, 1L << 31));
        }
    }
}
