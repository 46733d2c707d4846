package dev.bindery.binding.anthropic;

import dev.bindery.api.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The token counts of one message, which come bit by bit, the later ones in the place of the
 * earlier. The API counts what passed the cache apart; in the contract it is part of the input.
 */
final class UsageCount {
    private static final String INPUT = "input_tokens";
    private static final String WRITTEN = "cache_creation_input_tokens";
    private static final String READ = "cache_read_input_tokens";
    private static final String OUTPUT = "output_tokens";

    private final Map<String, Long> counts = new HashMap<>();
    private @Nullable Long thinking;

    void take(JsonNode usage) {
        Stream.of(INPUT, WRITTEN, READ, OUTPUT)
                .filter(name -> isCount(usage.path(name)))
                .forEach(name -> counts.put(name, usage.path(name).longValue()));
        JsonNode thought = usage.path("output_tokens_details").path("thinking_tokens");
        thinking = isCount(thought) ? Long.valueOf(thought.longValue()) : thinking;
    }

    Usage usage() {
        Long input = counts.get(INPUT);
        return Usage.builder()
                .inputTokens(
                        input == null
                                ? null
                                : input
                                        + counts.getOrDefault(WRITTEN, 0L)
                                        + counts.getOrDefault(READ, 0L))
                .cacheWriteTokens(counts.get(WRITTEN))
                .cacheReadTokens(counts.get(READ))
                .outputTokens(counts.get(OUTPUT))
                .reasoningTokens(thinking)
                .build();
    }

    private static boolean isCount(JsonNode count) {
        return count.isIntegralNumber() && count.canConvertToLong() && count.longValue() >= 0;
    }
}
