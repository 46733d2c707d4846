package dev.bindery.openai;

import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.http.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a provider wants back what the model thought in earlier turns. */
final class ReasoningReturn {
    /** It is not sent back. */
    static final String NONE = "none";

    /** The text, as vLLM, DeepSeek and Moonshot call it. */
    static final String CONTENT = "reasoning_content";

    private static final String TEXT = "reasoning";

    static final String[] FORMS = {NONE, CONTENT, TEXT, ReasoningDetails.FIELD};

    private ReasoningReturn() {}

    static void write(ObjectNode message, String form, List<Part> parts) {
        List<ReasoningPart> thoughts =
                parts.stream()
                        .filter(ReasoningPart.class::isInstance)
                        .map(ReasoningPart.class::cast)
                        .toList();
        switch (form) {
            case CONTENT, TEXT -> text(message, form, thoughts);
            case ReasoningDetails.FIELD -> details(message, thoughts);
            default -> {}
        }
    }

    private static void text(ObjectNode message, String field, List<ReasoningPart> thoughts) {
        String all = thoughts.stream().map(ReasoningPart::text).collect(Collectors.joining());
        if (!all.isEmpty()) {
            message.put(field, all);
        }
    }

    /** Only those that the provider gave: what it cannot check it would refuse. */
    private static void details(ObjectNode message, List<ReasoningPart> thoughts) {
        ArrayNode all = Json.array();
        thoughts.forEach(thought -> ReasoningDetails.in(thought).forEach(all::add));
        if (!all.isEmpty()) {
            message.set(ReasoningDetails.FIELD, all);
        }
    }
}
