package dev.bindery.binding.gemini;

import dev.bindery.api.Capability;
import java.util.HashSet;
import java.util.Set;

/** What a model that answers can do; beyond thinking, the API tells it by names only. */
final class ModelCapabilities {
    private static final Set<Capability> EVERY =
            Set.of(Capability.CHAT, Capability.STREAM, Capability.CANDIDATES);
    private static final Set<Capability> GEMINI =
            Set.of(
                    Capability.IMAGES,
                    Capability.AUDIO,
                    Capability.DOCUMENTS,
                    Capability.TOOLS,
                    Capability.JSON,
                    Capability.JSON_SCHEMA,
                    Capability.LOGPROBS);

    private ModelCapabilities() {}

    static Set<Capability> of(String model, boolean thinks) {
        Set<Capability> can = new HashSet<>(EVERY);
        if (model.startsWith("gemma")) {
            can.add(Capability.IMAGES);
        } else if (model.contains("-tts")) {
            can.add(Capability.MEDIA_OUTPUT);
        } else if (model.contains("-image")) {
            can.addAll(Set.of(Capability.IMAGES, Capability.MEDIA_OUTPUT));
        } else {
            can.addAll(GEMINI);
        }
        if (thinks) {
            can.add(Capability.REASONING);
        }
        return can;
    }
}
