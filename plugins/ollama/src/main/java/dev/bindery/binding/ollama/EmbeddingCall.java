package dev.bindery.binding.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.Usage;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import dev.bindery.http.Vectors;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One batch of embeddings. */
final class EmbeddingCall {
    private final Upstream upstream;
    private final OllamaSettings settings;
    private final EmbeddingRequest request;

    EmbeddingCall(Upstream upstream, OllamaSettings settings, EmbeddingRequest request) {
        this.upstream = upstream;
        this.settings = settings;
        this.request = request;
    }

    EmbeddingResult run() {
        if (request.inputs().isEmpty()) {
            return EmbeddingResult.of(List.of());
        }
        JsonNode answer =
                upstream.json(UpstreamRequest.post("api/embed", body()).on(request).build());
        List<float[]> vectors = new ArrayList<>();
        answer.path("embeddings").forEach(vector -> vectors.add(Vectors.read(vector)));
        if (vectors.size() != request.inputs().size()) {
            throw upstream.broken(
                    "answered %d vectors for %d texts"
                            .formatted(vectors.size(), request.inputs().size()));
        }
        Long tokens = ModelDetails.whole(answer.path("prompt_eval_count"));
        return EmbeddingResult.builder(vectors)
                .usage(tokens == null ? null : Usage.builder().inputTokens(tokens).build())
                .build();
    }

    private ObjectNode body() {
        ObjectNode body = new GenerationFields(settings).load(request.model(), request.keepAlive());
        ArrayNode input = body.putArray("input");
        request.inputs().forEach(one -> input.add(text(one)));
        body.put("truncate", request.truncate());
        request.dimensions().ifPresent(length -> body.put("dimensions", length));
        return body;
    }

    private static String text(EmbeddingInput input) {
        return input.text()
                .orElseThrow(() -> BindingException.unsupported("Ollama embeds texts, not tokens"));
    }
}
