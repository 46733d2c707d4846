package dev.bindery.binding.bedrock;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ToolChoice;
import dev.bindery.http.Json;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Converse has no field for and models call each by a name of their own: how much to think,
 * and how many of the likeliest tokens to choose from. A family that is not known gets neither.
 */
final class ModelFields {
    /** Claude before 4.6 wants a budget in tokens; from then on it decides for itself. */
    private static final Pattern BUDGETED =
            Pattern.compile(
                    "claude-(v2|instant|3-|(opus|sonnet|haiku)-4-([0-5]-|\\d{6}))|claude-v\\d");

    private static final int LEAST_BUDGET = 1024;

    private final String model;
    private final ObjectNode fields;

    /**
     * @param always what the operator wants in every request
     */
    ModelFields(String model, JsonObject always) {
        this.model = model;
        this.fields = (ObjectNode) Json.node(always);
    }

    void writeTo(ObjectNode body, GenerationRequest request) {
        request.reasoning().filter(_ -> !isBarred(request)).ifPresent(this::reasoning);
        if (!claudeThinks()) {
            topK(request.sampling().topK());
        }
        if (!fields.isEmpty()) {
            body.set("additionalModelRequestFields", fields);
        }
    }

    /** The tokens that are granted to thoughts; 0 where none in particular are. */
    int budget() {
        return fields.path("thinking").path("budget_tokens").asInt(0);
    }

    /** A Claude that is to think is refused what makes its tokens less free. */
    boolean claudeThinks() {
        String type = fields.path("thinking").path("type").asString("");
        return isOf("anthropic.") && (type.equals("enabled") || type.equals("adaptive"));
    }

    /** A Claude that must call a tool may not think; the call is what the client insists on. */
    private boolean isBarred(GenerationRequest request) {
        String choice = request.toolChoice().map(ToolChoice::mode).orElse("auto");
        return isOf("anthropic.") && (choice.equals("required") || choice.equals("tool"));
    }

    private boolean isOf(String family) {
        return model.contains(family);
    }

    private void topK(OptionalInt topK) {
        if (topK.isEmpty()) {
            return;
        }
        if (isOf("anthropic.")) {
            fields.put("top_k", topK.getAsInt());
        } else if (isOf("amazon.nova")) {
            fields.putObject("inferenceConfig").put("topK", topK.getAsInt());
        }
    }

    private void reasoning(ReasoningOptions wanted) {
        String effort = wanted.effort().map(ReasoningEffort::name).orElse("medium");
        boolean off = effort.equals("none") || wanted.budgetTokens().orElse(1) <= 0;
        if (isOf("anthropic.")) {
            claude(wanted, effort, off);
        } else if (isOf("amazon.nova")) {
            ObjectNode nova = fields.putObject("reasoningConfig");
            nova.put("type", off ? "disabled" : "enabled");
            if (!off) {
                nova.put("maxReasoningEffort", word(effort));
            }
        } else if (isOf("openai.") && !off) {
            fields.put("reasoning_effort", word(effort));
        }
    }

    private void claude(ReasoningOptions wanted, String effort, boolean off) {
        ObjectNode thinking = fields.putObject("thinking");
        if (off) {
            thinking.put("type", "disabled");
        } else if (wanted.budgetTokens().isPresent() || BUDGETED.matcher(model).find()) {
            int budget = wanted.budgetTokens().orElse(tokens(effort));
            thinking.put("type", "enabled").put("budget_tokens", Math.max(LEAST_BUDGET, budget));
        } else {
            thinking.put("type", "adaptive");
            if (wanted.effort().isPresent()) {
                fields.putObject("output_config")
                        .put("effort", effort.equals("minimal") ? "low" : effort);
            }
        }
    }

    private static String word(String effort) {
        return switch (effort) {
            case "minimal" -> "low";
            case "xhigh", "max" -> "high";
            default -> effort;
        };
    }

    private static int tokens(String effort) {
        return switch (effort) {
            case "minimal" -> LEAST_BUDGET;
            case "low" -> 2048;
            case "high" -> 16_384;
            case "xhigh", "max" -> 32_768;
            default -> 8192;
        };
    }
}
