package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import dev.bindery.http.Vectors;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One batch of embeddings. */
final class EmbeddingCall {
    private static final Set<String> KNOWN = Set.of("user");

    private final Upstream upstream;
    private final OpenAiOptions options;
    private final EmbeddingRequest request;

    EmbeddingCall(Upstream upstream, OpenAiOptions options, EmbeddingRequest request) {
        this.upstream = upstream;
        this.options = options;
        this.request = request;
    }

    EmbeddingResult run() {
        if (request.inputs().isEmpty()) {
            return EmbeddingResult.of(List.of());
        }
        new Lacks(options.provider()).check(Capability.EMBEDDINGS);
        String path = options.path("embeddings", "embeddings", request.model());
        JsonNode answer = upstream.json(UpstreamRequest.post(path, body()).on(request).build());
        return EmbeddingResult.builder(vectors(answer.path("data")))
                .usage(Usages.in(answer).orElse(null))
                .build();
    }

    private ObjectNode body() {
        ObjectNode body = Json.object().put("model", request.model());
        ArrayNode input = body.putArray("input");
        request.inputs().forEach(one -> add(input, one));
        body.put("encoding_format", options.embeddingFormat());
        request.dimensions().ifPresent(length -> body.put("dimensions", length));
        new RequestFields(options).forward(body, request.parameters(), KNOWN);
        return new RequestRules(options.provider()).applied(body);
    }

    private void add(ArrayNode input, EmbeddingInput one) {
        boolean tokens = one.tokens().isPresent();
        if (tokens != request.inputs().getFirst().tokens().isPresent()) {
            throw BindingException.invalidRequest(
                    "the inputs of one request are all texts or all tokens, not both");
        }
        if (tokens) {
            CompletionBody.tokens(input.addArray(), one.tokens().get());
        } else {
            input.add(one.text().orElseThrow());
        }
    }

    /** In the order of the inputs, whatever the order of the answer. */
    private List<float[]> vectors(JsonNode data) {
        float[] @Nullable [] vectors = new float[request.inputs().size()][];
        int position = 0;
        for (JsonNode item : data) {
            int index = item.path("index").asInt(position++);
            if (index < 0 || index >= vectors.length) {
                throw wrong("a vector of index " + index);
            }
            vectors[index] = Vectors.read(item.path("embedding"));
        }
        List<float[]> all = Stream.of(vectors).filter(Objects::nonNull).toList();
        if (all.size() != vectors.length) {
            throw wrong(all.size() + " vectors");
        }
        return all;
    }

    private BindingException wrong(String found) {
        return new BindingException(
                ErrorCode.UPSTREAM_ERROR,
                "%s answered %s for %d inputs"
                        .formatted(upstream.host(), found, request.inputs().size()));
    }
}
