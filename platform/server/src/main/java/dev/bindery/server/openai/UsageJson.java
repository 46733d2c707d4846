package dev.bindery.server.openai;

import dev.bindery.api.Usage;
import dev.bindery.server.json.JsonText;

/** Token counts as OpenAI's clients need them: numbers always, 0 for what nobody knows. */
final class UsageJson {
    private UsageJson() {}

    static void write(Usage usage, JsonText out) {
        long input = usage.inputTokens().orElse(0);
        long output = usage.outputTokens().orElse(0);
        out.beginObject();
        out.field("prompt_tokens").number(input);
        out.field("completion_tokens").number(output);
        out.field("total_tokens").number(input + output);
        out.field("prompt_tokens_details").beginObject();
        out.field("cached_tokens").number(usage.cacheReadTokens().orElse(0)).endObject();
        out.field("completion_tokens_details").beginObject();
        out.field("reasoning_tokens").number(usage.reasoningTokens().orElse(0)).endObject();
        out.endObject();
    }
}
