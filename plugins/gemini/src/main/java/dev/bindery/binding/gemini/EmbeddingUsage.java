package dev.bindery.binding.gemini;

import dev.bindery.api.Usage;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Adds up the tokens of several calls; unknown where one of them does not tell. */
final class EmbeddingUsage {
    private long tokens;
    private boolean known = true;

    void add(JsonNode metadata) {
        JsonNode count = metadata.path("promptTokenCount");
        known &= count.isIntegralNumber();
        tokens += count.asLong(0);
    }

    Optional<Usage> total() {
        return known ? Optional.of(Usage.builder().inputTokens(tokens).build()) : Optional.empty();
    }
}
