package dev.bindery.binding.gemini;

import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.http.Json;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes how much a model shall think: in words for Gemini 3, in tokens for 2.5, not at all for
 * those that cannot. A budget that the request names is passed on as it is; 3 takes it too.
 */
final class Thinking {
    private static final int LEAST_OF_PRO = 128;
    private static final int LOW = 1024;
    private static final int MEDIUM = 8192;
    private static final int HIGH = 24576;

    private final ThinkingMode mode;

    Thinking(ThinkingMode mode) {
        this.mode = mode;
    }

    /** The field {@code thinkingConfig}; empty where it must not be there. */
    Optional<ObjectNode> config(String model, ReasoningOptions wanted) {
        ModelKind kind = ModelKind.of(model);
        boolean levels = levels(kind);
        if (mode == ThinkingMode.NONE || (!levels && !budgets(kind))) {
            return Optional.empty();
        }
        ObjectNode config = Json.object();
        if (wanted.budgetTokens().isPresent()) {
            config.put("thinkingBudget", wanted.budgetTokens().getAsInt());
        } else {
            wanted.effort().ifPresent(effort -> measure(config, effort, kind, levels));
        }
        if (thinks(wanted)) {
            config.put("includeThoughts", wanted.includeThoughts());
        }
        return config.isEmpty() ? Optional.empty() : Optional.of(config);
    }

    private boolean levels(ModelKind kind) {
        return mode == ThinkingMode.LEVEL || (mode == ThinkingMode.AUTO && kind.thinkingLevels());
    }

    private boolean budgets(ModelKind kind) {
        return mode == ThinkingMode.BUDGET || kind.thinkingBudgets();
    }

    private static boolean thinks(ReasoningOptions wanted) {
        boolean none = wanted.effort().filter(ReasoningEffort.NONE::equals).isPresent();
        return wanted.budgetTokens().isPresent() ? wanted.budgetTokens().getAsInt() != 0 : !none;
    }

    private static void measure(
            ObjectNode config, ReasoningEffort effort, ModelKind kind, boolean levels) {
        if (levels) {
            config.put("thinkingLevel", level(effort.name(), kind.pro()));
        } else {
            config.put("thinkingBudget", budget(effort.name(), kind.pro()));
        }
    }

    private static String level(String effort, boolean pro) {
        return switch (effort) {
            case "none", "minimal" -> pro ? "LOW" : "MINIMAL";
            case "low", "medium" -> effort.toUpperCase(Locale.ROOT);
            default -> "HIGH";
        };
    }

    private static int budget(String effort, boolean pro) {
        return switch (effort) {
            case "none" -> pro ? LEAST_OF_PRO : 0;
            case "minimal", "low" -> LOW;
            case "medium" -> MEDIUM;
            default -> HIGH;
        };
    }
}
