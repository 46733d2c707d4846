package dev.bindery.openai;

import dev.bindery.api.TokenLogprob;
import dev.bindery.http.TokenLogprobs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads log probabilities in the two forms that the API has. */
final class Logprobs {
    private Logprobs() {}

    /** Those of a choice; empty when it has none. */
    static List<TokenLogprob> of(JsonNode choice) {
        JsonNode logprobs = choice.path("logprobs");
        return logprobs.has("tokens")
                ? completion(logprobs)
                : TokenLogprobs.read(logprobs.path("content"));
    }

    /** Lists side by side; the first token of an echoed prompt has no probability. */
    private static List<TokenLogprob> completion(JsonNode logprobs) {
        List<TokenLogprob> read = new ArrayList<>();
        for (int i = 0; i < logprobs.path("tokens").size(); i++) {
            JsonNode probability = logprobs.path("token_logprobs").path(i);
            if (probability.isNumber()) {
                String text = logprobs.path("tokens").path(i).asString("");
                JsonNode others = logprobs.path("top_logprobs").path(i);
                read.add(
                        TokenLogprob.builder(text, probability.doubleValue())
                                .alternatives(alternatives(others))
                                .build());
            }
        }
        return read;
    }

    private static List<TokenLogprob> alternatives(JsonNode others) {
        return others.properties().stream()
                .filter(other -> other.getValue().isNumber())
                .map(other ->
                        TokenLogprob.builder(other.getKey(), other.getValue().doubleValue())
                                .build())
                .sorted(Comparator.comparingDouble(TokenLogprob::logprob).reversed())
                .toList();
    }
}
