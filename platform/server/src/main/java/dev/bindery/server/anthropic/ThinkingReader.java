package dev.bindery.server.anthropic;

import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import org.jspecify.annotations.Nullable;

/** Reads how much the model shall think. */
final class ThinkingReader {
    private static final int LEAST_BUDGET = 1;

    private ThinkingReader() {}

    /**
     * @param output the request's {@code output_config}, which may tell an effort
     * @return null where the request says nothing of it
     */
    static @Nullable ReasoningOptions read(Fields body, @Nullable Fields output) {
        String effort = output == null ? null : output.text("effort");
        Fields thinking = body.object("thinking");
        if (thinking == null) {
            return effort == null ? null : options(effort).build();
        }
        Element type = thinking.required("type");
        return switch (type.text()) {
            case "disabled" -> ReasoningOptions.builder().effort(ReasoningEffort.NONE).build();
            case "adaptive", "between_tools" -> shown(thinking, options(effort)).build();
            case "enabled" ->
                    shown(thinking, options(effort)).budgetTokens(budget(thinking)).build();
            default -> throw type.wrong("enabled, adaptive, between_tools or disabled");
        };
    }

    private static ReasoningOptions.Builder options(@Nullable String effort) {
        return ReasoningOptions.builder()
                .effort(effort == null ? null : new ReasoningEffort(effort));
    }

    private static ReasoningOptions.Builder shown(
            Fields thinking, ReasoningOptions.Builder options) {
        return options.includeThoughts(!"omitted".equals(thinking.text("display")));
    }

    private static int budget(Fields thinking) {
        return (int) thinking.required("budget_tokens").whole(LEAST_BUDGET, Integer.MAX_VALUE);
    }
}
