package dev.bindery.openai;

import dev.bindery.api.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads token counts; what a server does not say stays unknown. */
final class Usages {
    private Usages() {}

    /** The counts of an answer or an event that has any. */
    static Optional<Usage> in(JsonNode answer) {
        JsonNode usage = answer.path("usage");
        return usage.isObject() && !usage.isEmpty() ? Optional.of(usage(usage)) : Optional.empty();
    }

    private static Usage usage(JsonNode usage) {
        Long cached = count(usage.path("prompt_tokens_details").path("cached_tokens"));
        Long hits = count(usage.path("prompt_cache_hit_tokens"));
        return Usage.builder()
                .inputTokens(count(usage.path("prompt_tokens")))
                .cacheReadTokens(cached == null ? hits : cached)
                .outputTokens(count(usage.path("completion_tokens")))
                .reasoningTokens(
                        count(usage.path("completion_tokens_details").path("reasoning_tokens")))
                .build();
    }

    private static @Nullable Long count(JsonNode count) {
        return count.isIntegralNumber() && count.canConvertToLong() ? count.longValue() : null;
    }
}
