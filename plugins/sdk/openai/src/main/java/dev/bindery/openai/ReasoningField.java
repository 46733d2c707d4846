package dev.bindery.openai;

import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import tools.jackson.databind.node.ObjectNode;

/** How a provider is told how much to think. */
final class ReasoningField {
    /** OpenAI's {@code reasoning_effort}. */
    static final String EFFORT = "effort";

    /** OpenRouter's {@code reasoning}, with a word or a number of tokens. */
    private static final String OBJECT = "object";

    /** Whether to think at all, as {@code thinking}, which DeepSeek and Moonshot have. */
    private static final String THINKING = "thinking";

    /** The same as DashScope has it, with a number of tokens. */
    private static final String ENABLE = "enable_thinking";

    /** Not at all: by the model's name alone. */
    private static final String NONE = "none";

    static final String[] FORMS = {EFFORT, OBJECT, THINKING, ENABLE, NONE};

    private static final int LOW_BUDGET = 2048;
    private static final int MEDIUM_BUDGET = 8192;

    private ReasoningField() {}

    static void write(ObjectNode body, String form, ReasoningOptions wanted) {
        if (wanted.effort().isEmpty() && wanted.budgetTokens().isEmpty()) {
            return;
        }
        switch (form) {
            case EFFORT -> body.put("reasoning_effort", effort(wanted));
            case OBJECT -> object(body.putObject("reasoning"), wanted);
            case THINKING ->
                    body.putObject("thinking").put("type", thinks(wanted) ? "enabled" : "disabled");
            case ENABLE -> {
                body.put("enable_thinking", thinks(wanted));
                wanted.budgetTokens()
                        .ifPresent(budget -> {
                            if (budget > 0) {
                                body.put("thinking_budget", budget);
                            }
                        });
            }
            default -> {}
        }
    }

    private static void object(ObjectNode reasoning, ReasoningOptions wanted) {
        if (wanted.effort().isEmpty() && thinks(wanted)) {
            reasoning.put("max_tokens", wanted.budgetTokens().orElseThrow());
        } else {
            reasoning.put("effort", effort(wanted));
        }
    }

    private static boolean thinks(ReasoningOptions wanted) {
        return !effort(wanted).equals("none");
    }

    /** OpenAI measures in words only. */
    private static String effort(ReasoningOptions wanted) {
        return wanted.effort()
                .map(ReasoningEffort::name)
                .orElseGet(() -> effort(wanted.budgetTokens().orElseThrow()));
    }

    private static String effort(int budget) {
        if (budget <= 0) {
            return "none";
        }
        if (budget <= LOW_BUDGET) {
            return "low";
        }
        return budget <= MEDIUM_BUDGET ? "medium" : "high";
    }
}
