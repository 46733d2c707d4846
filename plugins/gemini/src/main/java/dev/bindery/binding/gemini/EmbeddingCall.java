package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import dev.bindery.http.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A batch of embeddings, in as many calls as the API's limit of a hundred each makes it. */
final class EmbeddingCall {
    private static final int MOST_AT_ONCE = 100;
    private static final Map<EmbeddingPurpose, String> TASKS =
            Map.of(
                    EmbeddingPurpose.QUERY, "RETRIEVAL_QUERY",
                    EmbeddingPurpose.DOCUMENT, "RETRIEVAL_DOCUMENT",
                    EmbeddingPurpose.CLASSIFICATION, "CLASSIFICATION",
                    EmbeddingPurpose.CLUSTERING, "CLUSTERING",
                    EmbeddingPurpose.SIMILARITY, "SEMANTIC_SIMILARITY");

    private final Upstream upstream;
    private final EmbeddingRequest request;
    private final EmbeddingUsage usage = new EmbeddingUsage();

    EmbeddingCall(Upstream upstream, EmbeddingRequest request) {
        this.upstream = upstream;
        this.request = request;
    }

    EmbeddingResult run() {
        List<EmbeddingInput> inputs = request.inputs();
        List<float[]> vectors = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += MOST_AT_ONCE) {
            int to = Math.min(inputs.size(), from + MOST_AT_ONCE);
            vectors.addAll(embedded(inputs.subList(from, to)));
        }
        return EmbeddingResult.builder(vectors).usage(usage.total().orElse(null)).build();
    }

    private List<float[]> embedded(List<EmbeddingInput> inputs) {
        if (inputs.size() == 1) {
            JsonNode answer = ask("embedContent", one(inputs.getFirst()));
            return List.of(vector(answer.path("embedding")));
        }
        ObjectNode body = Json.object();
        ArrayNode requests = body.putArray("requests");
        inputs.forEach(input -> requests.add(one(input)));
        JsonNode embeddings = ask("batchEmbedContents", body).path("embeddings");
        if (embeddings.size() != inputs.size()) {
            throw upstream.broken(
                    "answered %d vectors for %d inputs"
                            .formatted(embeddings.size(), inputs.size()));
        }
        return embeddings.valueStream().map(EmbeddingCall::vector).toList();
    }

    private JsonNode ask(String method, ObjectNode body) {
        JsonNode answer =
                upstream.json(
                        UpstreamRequest.post(ModelPath.method(request.model(), method), body)
                                .on(request)
                                .build());
        usage.add(answer.path("usageMetadata"));
        return answer;
    }

    private ObjectNode one(EmbeddingInput input) {
        String text =
                input.text()
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "embeddings of tokens: Gemini takes texts only"));
        ObjectNode one = Json.object().put("model", ModelPath.of(request.model()));
        one.putObject("content").putArray("parts").addObject().put("text", text);
        request.purpose().map(TASKS::get).ifPresent(task -> one.put("taskType", task));
        request.dimensions().ifPresent(length -> one.put("outputDimensionality", length));
        return one;
    }

    private static float[] vector(JsonNode embedding) {
        return Vectors.read(embedding.path("values"));
    }
}
