package dev.bindery.binding.replay;

import dev.bindery.api.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts of tokens. */
final class UsageForm {
    private UsageForm() {}

    static ObjectNode write(Usage usage) {
        return new Fields()
                .whole("input_tokens", usage.inputTokens())
                .whole("cache_read_tokens", usage.cacheReadTokens())
                .whole("cache_write_tokens", usage.cacheWriteTokens())
                .whole("output_tokens", usage.outputTokens())
                .whole("reasoning_tokens", usage.reasoningTokens())
                .node();
    }

    static Usage read(JsonNode usage) {
        return Usage.builder()
                .inputTokens(count(usage, "input_tokens"))
                .cacheReadTokens(count(usage, "cache_read_tokens"))
                .cacheWriteTokens(count(usage, "cache_write_tokens"))
                .outputTokens(count(usage, "output_tokens"))
                .reasoningTokens(count(usage, "reasoning_tokens"))
                .build();
    }

    private static @Nullable Long count(JsonNode usage, String name) {
        JsonNode count = usage.path(name);
        return count.isIntegralNumber() ? count.longValue() : null;
    }
}
