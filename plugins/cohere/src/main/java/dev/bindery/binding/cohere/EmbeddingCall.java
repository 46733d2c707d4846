package dev.bindery.binding.cohere;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.Usage;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import dev.bindery.http.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A batch of embeddings, in as many calls as the API's limit of 96 texts each makes it. */
final class EmbeddingCall {
    private static final int MOST_AT_ONCE = 96;
    private static final Map<EmbeddingPurpose, String> TYPES =
            Map.of(
                    EmbeddingPurpose.QUERY, "search_query",
                    EmbeddingPurpose.DOCUMENT, "search_document",
                    EmbeddingPurpose.CLASSIFICATION, "classification",
                    EmbeddingPurpose.CLUSTERING, "clustering");

    private final Upstream upstream;
    private final CohereOptions options;
    private final EmbeddingRequest request;
    private long tokens;
    private boolean counted = true;

    EmbeddingCall(Upstream upstream, CohereOptions options, EmbeddingRequest request) {
        this.upstream = upstream;
        this.options = options;
        this.request = request;
    }

    EmbeddingResult run() {
        List<String> texts = request.inputs().stream().map(EmbeddingCall::text).toList();
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += MOST_AT_ONCE) {
            int to = Math.min(texts.size(), from + MOST_AT_ONCE);
            vectors.addAll(embedded(texts.subList(from, to)));
        }
        return EmbeddingResult.builder(vectors).usage(usage()).build();
    }

    private static String text(EmbeddingInput input) {
        return input.text()
                .orElseThrow(() ->
                        BindingException.unsupported(
                                "embeddings of tokens: Cohere takes texts only"));
    }

    private List<float[]> embedded(List<String> texts) {
        JsonNode answer =
                upstream.json(UpstreamRequest.post("v2/embed", body(texts)).on(request).build());
        count(answer.path("meta"));
        JsonNode vectors = answer.path("embeddings").path(options.embeddingFormat());
        if (vectors.size() != texts.size()) {
            throw upstream.broken(
                    "answered %d vectors for %d inputs".formatted(vectors.size(), texts.size()));
        }
        return vectors.valueStream().map(Vectors::read).toList();
    }

    private ObjectNode body(List<String> texts) {
        ObjectNode body = Json.object().put("model", request.model());
        ArrayNode sent = body.putArray("texts");
        texts.forEach(sent::add);
        body.put(
                "input_type", request.purpose().map(TYPES::get).orElse(options.embeddingPurpose()));
        body.putArray("embedding_types").add(options.embeddingFormat());
        request.dimensions().ifPresent(length -> body.put("output_dimension", length));
        return body.put("truncate", request.truncate() ? "END" : "NONE");
    }

    /** Where it does not count tokens it says what it bills, which for embeddings is the same. */
    private void count(JsonNode meta) {
        Long read = Usages.count(meta.path("tokens").path("input_tokens"));
        Long billed = Usages.count(meta.path("billed_units").path("input_tokens"));
        Long count = read == null ? billed : read;
        counted &= count != null;
        tokens += count == null ? 0 : count;
    }

    private @Nullable Usage usage() {
        return counted ? Usage.builder().inputTokens(tokens).build() : null;
    }
}
