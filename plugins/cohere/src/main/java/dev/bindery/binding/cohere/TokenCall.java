package dev.bindery.binding.cohere;

import dev.bindery.api.BindingException;
import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns text into a model's tokens, and back. */
final class TokenCall {
    private static final int MOST = 65_536;

    private final Upstream upstream;
    private final String model;

    TokenCall(Upstream upstream, String model) {
        this.upstream = upstream;
        this.model = model;
    }

    int[] tokens(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        checkLength(text.codePointCount(0, text.length()), "characters");
        JsonNode tokens =
                ask("v1/tokenize", Json.object().put("text", text).put("model", model))
                        .path("tokens");
        if (!tokens.isArray() || !tokens.valueStream().allMatch(JsonNode::isIntegralNumber)) {
            throw upstream.broken("tokenized a text without tokens");
        }
        return tokens.valueStream().mapToInt(JsonNode::intValue).toArray();
    }

    String text(int[] tokens) {
        if (tokens.length == 0) {
            return "";
        }
        checkLength(tokens.length, "tokens");
        ObjectNode body = Json.object().put("model", model);
        ArrayNode sent = body.putArray("tokens");
        for (int token : tokens) {
            sent.add(token);
        }
        JsonNode text = ask("v1/detokenize", body).path("text");
        if (!text.isString()) {
            throw upstream.broken("detokenized tokens without a text");
        }
        return text.stringValue();
    }

    private static void checkLength(int length, String what) {
        if (length > MOST) {
            throw BindingException.invalidRequest(
                    "%d %s at once; Cohere takes %d at the most".formatted(length, what, MOST));
        }
    }

    private JsonNode ask(String path, ObjectNode body) {
        return upstream.json(UpstreamRequest.post(path, body).repeatable(true).build());
    }
}
