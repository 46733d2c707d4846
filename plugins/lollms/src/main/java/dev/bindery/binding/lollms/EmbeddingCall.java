package dev.bindery.binding.lollms;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import dev.bindery.http.Vectors;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Embeddings, one text after the other: LoLLMs takes one at a time. */
final class EmbeddingCall {
    private final Upstream upstream;
    private final EmbeddingRequest request;

    EmbeddingCall(Upstream upstream, EmbeddingRequest request) {
        this.upstream = upstream;
        this.request = request;
    }

    EmbeddingResult run() {
        if (request.dimensions().isPresent()) {
            throw BindingException.unsupported(
                    "dimensions: LoLLMs makes vectors of the model's own length");
        }
        List<String> texts = request.inputs().stream().map(EmbeddingCall::text).toList();
        List<float[]> vectors = new ArrayList<>();
        texts.forEach(text -> vectors.add(vector(text)));
        return EmbeddingResult.of(vectors);
    }

    private static String text(EmbeddingInput input) {
        return input.text()
                .orElseThrow(() -> BindingException.unsupported("LoLLMs embeds texts, not tokens"));
    }

    private float[] vector(String text) {
        JsonNode body = Json.object().put("text", text).put("model_name", request.model());
        JsonNode answer =
                upstream.json(UpstreamRequest.post("lollms_embed", body).on(request).build());
        return Vectors.read(LollmsErrors.checked(answer, upstream).path("vector"));
    }
}
