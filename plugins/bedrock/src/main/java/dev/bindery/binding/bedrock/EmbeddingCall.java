package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.Usage;
import dev.bindery.http.Json;
import dev.bindery.http.Reply;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import dev.bindery.http.Vectors;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A batch of embeddings of Titan's, which takes one text at a time, or of Cohere's. */
final class EmbeddingCall {
    private static final int COHERES_MOST = 96;
    private static final String COUNT = "X-Amzn-Bedrock-Input-Token-Count";

    private final Upstream upstream;
    private final EmbeddingRequest request;
    private final List<float[]> vectors = new ArrayList<>();
    private long tokens;
    private boolean counted = true;

    EmbeddingCall(Upstream upstream, EmbeddingRequest request) {
        this.upstream = upstream;
        this.request = request;
    }

    EmbeddingResult run() {
        List<String> texts = request.inputs().stream().map(EmbeddingCall::text).toList();
        if (request.model().contains("amazon.titan-embed")) {
            texts.forEach(this::titan);
        } else if (request.model().contains("cohere.embed")) {
            for (int i = 0; i < texts.size(); i += COHERES_MOST) {
                cohere(texts.subList(i, Math.min(texts.size(), i + COHERES_MOST)));
            }
        } else {
            throw BindingException.unsupported(
                    "embeddings of %s; there are those of amazon.titan-embed and cohere.embed models"
                            .formatted(request.model()));
        }
        Usage usage = counted ? Usage.builder().inputTokens(tokens).build() : null;
        return EmbeddingResult.builder(vectors).usage(usage).build();
    }

    private static String text(EmbeddingInput input) {
        return input.text()
                .orElseThrow(() ->
                        BindingException.unsupported(
                                "embeddings of tokens; Bedrock's models take texts"));
    }

    private void titan(String text) {
        ObjectNode body = Json.object().put("inputText", text);
        request.dimensions().ifPresent(length -> body.put("dimensions", length));
        JsonNode answer = ask(body);
        vectors.add(Vectors.read(answer.path("embedding")));
    }

    private void cohere(List<String> texts) {
        ObjectNode body = Json.object();
        ArrayNode input = body.putArray("texts");
        texts.forEach(input::add);
        body.put(
                "input_type", request.purpose().map(EmbeddingCall::type).orElse("search_document"));
        body.put("truncate", request.truncate() ? "END" : "NONE");
        body.putArray("embedding_types").add("float");
        request.dimensions().ifPresent(length -> body.put("output_dimension", length));
        JsonNode answer = ask(body).path("embeddings");
        JsonNode rows = answer.isArray() ? answer : answer.path("float");
        if (rows.size() != texts.size()) {
            throw upstream.broken(
                    "answered %d vectors for %d texts".formatted(rows.size(), texts.size()));
        }
        rows.forEach(row -> vectors.add(Vectors.read(row)));
    }

    private static String type(EmbeddingPurpose purpose) {
        return switch (purpose.name()) {
            case "query" -> "search_query";
            case "classification", "clustering" -> purpose.name();
            default -> "search_document";
        };
    }

    private JsonNode ask(ObjectNode body) {
        UpstreamRequest post =
                UpstreamRequest.post(ModelPath.of(request.model(), "invoke"), body)
                        .on(request)
                        .encoded(true)
                        .build();
        try (Reply reply = upstream.send(post)) {
            JsonNode answer = reply.json();
            count(reply.header(COUNT).orElse(answer.path("inputTextTokenCount").toString()));
            return answer;
        }
    }

    /** One unknown count makes the sum unknown. */
    private void count(String text) {
        if (text.matches("\\d{1,12}")) {
            tokens += Long.parseLong(text);
        } else {
            counted = false;
        }
    }
}
