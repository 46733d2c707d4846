package dev.bindery.binding.cohere;

import dev.bindery.api.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads token counts. What is billed is less, and stands in the metadata. */
final class Usages {
    private Usages() {}

    /** The counts of an answer; empty when it has none. */
    static Optional<Usage> of(JsonNode usage) {
        JsonNode tokens = usage.path("tokens");
        if (!tokens.isObject()) {
            return Optional.empty();
        }
        return Optional.of(
                Usage.builder()
                        .inputTokens(count(tokens.path("input_tokens")))
                        .outputTokens(count(tokens.path("output_tokens")))
                        .cacheReadTokens(count(usage.path("cached_tokens")))
                        .build());
    }

    /** Cohere writes its counts as {@code 5} or as {@code 5.0}. */
    static @Nullable Long count(JsonNode count) {
        return count.isNumber() && count.doubleValue() >= 0 ? (long) count.doubleValue() : null;
    }
}
