package dev.bindery.binding.gemini;

import dev.bindery.api.TokenLogprob;
import dev.bindery.http.Json;
import dev.bindery.http.WellFormedText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads log probabilities: what was chosen and what else there was, in two lists side by side. */
final class Logprobs {
    private Logprobs() {}

    static List<TokenLogprob> of(JsonNode result) {
        List<TokenLogprob> read = new ArrayList<>();
        JsonNode chosen = result.path("chosenCandidates");
        for (int i = 0; i < chosen.size(); i++) {
            JsonNode others = result.path("topCandidates").path(i).path("candidates");
            read.add(
                    token(chosen.path(i))
                            .alternatives(
                                    others.valueStream().map(one -> token(one).build()).toList())
                            .build());
        }
        return read;
    }

    private static TokenLogprob.Builder token(JsonNode token) {
        String text = new WellFormedText().take(Json.text(token, "token"));
        return TokenLogprob.builder(text, token.path("logProbability").asDouble(0));
    }
}
