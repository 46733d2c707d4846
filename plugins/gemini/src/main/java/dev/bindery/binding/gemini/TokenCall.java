package dev.bindery.binding.gemini;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.TokenCount;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts the tokens of a request's input, tools and instructions included. */
final class TokenCall {
    private final Upstream upstream;
    private final GeminiOptions options;
    private final GenerationRequest request;

    TokenCall(Upstream upstream, GeminiOptions options, GenerationRequest request) {
        this.upstream = upstream;
        this.options = options;
        this.request = request;
    }

    TokenCount run() {
        UpstreamRequest post =
                UpstreamRequest.post(ModelPath.method(request.model(), "countTokens"), body())
                        .on(request)
                        .streamed(false)
                        .repeatable(true)
                        .build();
        JsonNode total = upstream.json(post).path("totalTokens");
        if (!total.isIntegralNumber() || !total.canConvertToLong() || total.longValue() < 0) {
            throw upstream.broken("counted tokens without saying how many there are");
        }
        return TokenCount.exactly(total.longValue());
    }

    /** Google's own form wants all but bare turns inside a request; Vertex AI's knows no such. */
    private ObjectNode body() {
        ObjectNode conversation = new RequestBody(options).conversation(request);
        if (options.vertex()) {
            return conversation;
        }
        conversation.put("model", ModelPath.of(request.model()));
        ObjectNode body = Json.object();
        body.set("generateContentRequest", conversation);
        return body;
    }
}
