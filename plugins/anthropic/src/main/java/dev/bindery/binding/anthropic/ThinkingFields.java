package dev.bindery.binding.anthropic;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ToolChoice;
import dev.bindery.http.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes how much the model shall think: {@code thinking}, and the effort in {@code output_config}.
 * A client of this same API has said it in these terms, and they go on as they came.
 */
final class ThinkingFields {
    private static final String THINKING = "thinking";
    private static final String OUTPUT = "output_config";
    private static final int LEAST_BUDGET = 1024;

    private final boolean adaptive;

    /**
     * @param adaptive whether the model takes an effort instead of a budget
     */
    ThinkingFields(boolean adaptive) {
        this.adaptive = adaptive;
    }

    void write(ObjectNode body, GenerationRequest request) {
        if (request.reasoning().isEmpty()) {
            return;
        }
        JsonObject own = request.parameters().object(MessageBody.DIALECT);
        if (!wasTranslated(request)) {
            own.field(THINKING).ifPresent(value -> body.set(THINKING, Json.node(value)));
            own.object(OUTPUT).text("effort").ifPresent(effort -> effort(body, effort));
        } else if (!mustCall(request)) {
            write(body, request.reasoning().get());
        }
    }

    /** Whether the wish to think came in other words than this API's. */
    static boolean wasTranslated(GenerationRequest request) {
        JsonObject own = request.parameters().object(MessageBody.DIALECT);
        return own.field(THINKING).isEmpty() && own.field(OUTPUT).isEmpty();
    }

    static boolean thinks(ObjectNode body) {
        String type = body.path(THINKING).path("type").asString("");
        return type.equals("enabled") || type.equals("adaptive");
    }

    /** Who must call a tool may not think here; the call is what the client insists on. */
    private static boolean mustCall(GenerationRequest request) {
        String choice = request.toolChoice().map(ToolChoice::mode).orElse("auto");
        return choice.equals("required") || choice.equals("tool");
    }

    private void write(ObjectNode body, ReasoningOptions wanted) {
        Optional<String> effort = wanted.effort().map(ReasoningEffort::name);
        if (effort.equals(Optional.of("none")) || wanted.budgetTokens().orElse(1) <= 0) {
            body.putObject(THINKING).put("type", "disabled");
        } else if (wanted.budgetTokens().isPresent()) {
            budget(body, wanted.budgetTokens().getAsInt(), wanted);
            effort.ifPresent(word -> effort(body, word));
        } else if (adaptive) {
            body.putObject(THINKING)
                    .put("type", "adaptive")
                    .put("display", wanted.includeThoughts() ? "summarized" : "omitted");
            effort.ifPresent(word -> effort(body, word));
        } else {
            budget(body, tokens(effort.orElse("medium")), wanted);
        }
    }

    private static void budget(ObjectNode body, int tokens, ReasoningOptions wanted) {
        ObjectNode thinking =
                body.putObject(THINKING)
                        .put("type", "enabled")
                        .put("budget_tokens", Math.max(LEAST_BUDGET, tokens));
        if (!wanted.includeThoughts()) {
            thinking.put("display", "omitted");
        }
    }

    /** What a word is worth to a model that wants tokens. */
    private static int tokens(String effort) {
        return switch (effort) {
            case "minimal" -> LEAST_BUDGET;
            case "low" -> 2048;
            case "high" -> 16_384;
            case "xhigh", "max" -> 32_768;
            default -> 8192;
        };
    }

    /** The tokens that the body grants to thoughts; 0 where it grants none in particular. */
    static int budget(ObjectNode body) {
        return body.path(THINKING).path("budget_tokens").asInt(0);
    }

    private static void effort(ObjectNode body, String word) {
        outputConfig(body).put("effort", word.equals("minimal") ? "low" : word);
    }

    /** The request's {@code output_config}, begun where there is none. */
    static ObjectNode outputConfig(ObjectNode body) {
        return body.get(OUTPUT) instanceof ObjectNode begun ? begun : body.putObject(OUTPUT);
    }
}
