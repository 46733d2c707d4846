package dev.bindery.server.anthropic;

import dev.bindery.api.Usage;
import dev.bindery.server.json.JsonText;

/**
 * Token counts as Anthropic's clients need them: numbers always, 0 for what nobody knows; what
 * passed through the cache is not counted as input again.
 */
final class UsageJson {
    private UsageJson() {}

    static void write(Usage usage, JsonText out) {
        long written = usage.cacheWriteTokens().orElse(0);
        long read = usage.cacheReadTokens().orElse(0);
        long input = usage.inputTokens().orElse(0) - written - read;
        out.beginObject();
        out.field("input_tokens").number(Math.max(0, input));
        out.field("cache_creation_input_tokens").number(written);
        out.field("cache_read_input_tokens").number(read);
        out.field("output_tokens").number(usage.outputTokens().orElse(0));
        if (usage.reasoningTokens().isPresent()) {
            long thinking = usage.reasoningTokens().getAsLong();
            out.field("output_tokens_details").beginObject();
            out.field("thinking_tokens").number(thinking).endObject();
        }
        out.endObject();
    }
}
