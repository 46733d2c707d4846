package dev.bindery.openai;

import dev.bindery.api.Usage;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads token counts; what a server does not say stays unknown. */
final class Usages {
    private Usages() {}

    /**
     * The counts of an answer or an event that has any: where OpenAI has them, in what Groq says of
     * itself, or in Moonshot's last choice. Asked of every event, hence without streams.
     */
    static Optional<Usage> in(JsonNode answer) {
        Optional<Usage> told =
                told(answer.path("usage")).or(() -> told(answer.path("x_groq").path("usage")));
        if (told.isEmpty()) {
            for (JsonNode choice : answer.path("choices")) {
                told = told.or(() -> told(choice.path("usage")));
            }
        }
        return told;
    }

    private static Optional<Usage> told(JsonNode usage) {
        return usage.isObject() && !usage.isEmpty() ? Optional.of(usage(usage)) : Optional.empty();
    }

    private static Usage usage(JsonNode usage) {
        Long cached =
                first(
                        usage.path("prompt_tokens_details").path("cached_tokens"),
                        usage.path("prompt_cache_hit_tokens"),
                        usage.path("cached_tokens"));
        Long reasoning =
                first(
                        usage.path("completion_tokens_details").path("reasoning_tokens"),
                        usage.path("reasoning_tokens"));
        return Usage.builder()
                .inputTokens(count(usage.path("prompt_tokens")))
                .cacheReadTokens(cached)
                .outputTokens(output(usage, reasoning))
                .reasoningTokens(reasoning)
                .build();
    }

    /** xAI counts the reasoning beside the completion; its total tells. */
    private static @Nullable Long output(JsonNode usage, @Nullable Long reasoning) {
        Long prompt = count(usage.path("prompt_tokens"));
        Long completion = count(usage.path("completion_tokens"));
        Long total = count(usage.path("total_tokens"));
        if (prompt == null || completion == null || total == null || reasoning == null) {
            return completion;
        }
        return total == prompt + completion + reasoning ? completion + reasoning : completion;
    }

    private static @Nullable Long first(JsonNode... counts) {
        return Stream.of(counts)
                .map(Usages::count)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Long count(JsonNode count) {
        return count.isIntegralNumber() && count.canConvertToLong() ? count.longValue() : null;
    }
}
