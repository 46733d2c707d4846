package dev.bindery.server.openai;

import dev.bindery.api.Usage;
import dev.bindery.server.account.Cost;
import dev.bindery.server.account.RequestAccount;
import dev.bindery.server.json.JsonText;
import java.util.Optional;

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
        cost().ifPresent(cost -> out.field("cost").number(cost.amount()));
        out.endObject();
    }

    /** In US dollars, where OpenRouter has it; in no other currency, since none is named there. */
    private static Optional<Cost> cost() {
        return RequestAccount.CURRENT.isBound()
                ? RequestAccount.CURRENT.get().cost().filter(cost -> cost.currency().equals("USD"))
                : Optional.empty();
    }
}
