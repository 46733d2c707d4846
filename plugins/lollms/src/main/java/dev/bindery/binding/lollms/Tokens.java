package dev.bindery.binding.lollms;

import dev.bindery.http.Json;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Texts to tokens and back, by the server's model: LoLLMs takes the active one, another Bindery the
 * one that is named.
 *
 * @param upstream the way to the server
 */
record Tokens(Upstream upstream) {
    int[] of(String model, String text) {
        JsonNode answer = ask("lollms_tokenize", Json.object().put("prompt", text), model);
        JsonNode tokens = answer.isArray() ? answer : answer.path("raw_tokens");
        if (!tokens.isArray()) {
            throw upstream.broken("answered /lollms_tokenize without a list of tokens");
        }
        int[] numbers = new int[tokens.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode token = tokens.path(i);
            if (!token.isIntegralNumber() || !token.canConvertToInt()) {
                throw upstream.broken("has tokens that are no numbers: " + token);
            }
            numbers[i] = token.intValue();
        }
        return numbers;
    }

    String text(String model, int[] tokens) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("tokens");
        for (int token : tokens) {
            list.add(token);
        }
        JsonNode answer = ask("lollms_detokenize", body, model);
        if (!answer.isString()) {
            throw upstream.broken("answered /lollms_detokenize without a text");
        }
        return answer.stringValue();
    }

    private JsonNode ask(String path, ObjectNode body, String model) {
        body.put("return_named", false).put("model_name", model);
        UpstreamRequest request = UpstreamRequest.post(path, body).repeatable(true).build();
        return LollmsErrors.checked(upstream.json(request), upstream);
    }
}
