package dev.bindery.binding.cohere;

import dev.bindery.api.Capability;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a model for chats can do, as Cohere's list of its features tells. */
final class ChatFeatures {
    private static final Set<Capability> EVERY = Set.of(Capability.CHAT, Capability.STREAM);

    /** For models of which Cohere, or a private deployment, tells nothing. */
    private static final Set<Capability> UNTOLD =
            Set.of(
                    Capability.IMAGES,
                    Capability.TOOLS,
                    Capability.JSON,
                    Capability.JSON_SCHEMA,
                    Capability.REASONING,
                    Capability.LOGPROBS);

    private ChatFeatures() {}

    static Set<Capability> of(String model, JsonNode features) {
        Set<Capability> can = new HashSet<>(EVERY);
        if (features.isEmpty()) {
            can.addAll(UNTOLD);
        }
        features.forEach(feature -> can.addAll(of(feature.asString(""))));
        if (model.contains("reasoning")) {
            can.add(Capability.REASONING);
        }
        return can;
    }

    private static Set<Capability> of(String feature) {
        return switch (feature) {
            case "tools" -> Set.of(Capability.TOOLS);
            case "vision" -> Set.of(Capability.IMAGES);
            case "json_mode" -> Set.of(Capability.JSON, Capability.JSON_SCHEMA);
            case "json_schema" -> Set.of(Capability.JSON_SCHEMA);
            case "logprobs" -> Set.of(Capability.LOGPROBS);
            case "reasoning", "thinking" -> Set.of(Capability.REASONING);
            default -> Set.of();
        };
    }
}
