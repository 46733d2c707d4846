package dev.bindery.openai;

import dev.bindery.api.Blob;
import dev.bindery.api.TokenLogprob;
import dev.bindery.http.WellFormedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads log probabilities in the two forms that the API has. */
final class Logprobs {
    private Logprobs() {}

    /** Those of a choice; empty when it has none. */
    static List<TokenLogprob> of(JsonNode choice) {
        JsonNode logprobs = choice.path("logprobs");
        return logprobs.has("tokens") ? completion(logprobs) : chat(logprobs.path("content"));
    }

    private static List<TokenLogprob> chat(JsonNode tokens) {
        return StreamSupport.stream(tokens.spliterator(), false)
                .filter(token -> token.path("logprob").isNumber())
                .map(token -> token(token).alternatives(chat(token.path("top_logprobs"))).build())
                .toList();
    }

    private static TokenLogprob.Builder token(JsonNode token) {
        String text = new WellFormedText().take(token.path("token").asString(""));
        TokenLogprob.Builder read = TokenLogprob.builder(text, token.path("logprob").doubleValue());
        JsonNode bytes = token.path("bytes");
        return bytes.isArray() ? read.bytes(bytes(bytes)) : read;
    }

    private static Blob bytes(JsonNode numbers) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) numbers.path(i).asInt(0);
        }
        return Blob.of("application/octet-stream", bytes);
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
