package dev.bindery.binding.gemini;

import dev.bindery.api.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads token counts; what Gemini does not say stays unknown. */
final class Usages {
    private Usages() {}

    /** Thoughts are counted apart from the answer there, and as a part of it here. */
    static Usage of(JsonNode metadata) {
        Long thoughts = count(metadata, "thoughtsTokenCount");
        return Usage.builder()
                .inputTokens(
                        sum(
                                count(metadata, "promptTokenCount"),
                                count(metadata, "toolUsePromptTokenCount")))
                .cacheReadTokens(count(metadata, "cachedContentTokenCount"))
                .outputTokens(sum(count(metadata, "candidatesTokenCount"), thoughts))
                .reasoningTokens(thoughts)
                .build();
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one + other;
    }

    private static @Nullable Long count(JsonNode metadata, String field) {
        JsonNode count = metadata.path(field);
        return count.isIntegralNumber() && count.canConvertToLong() ? count.longValue() : null;
    }
}
