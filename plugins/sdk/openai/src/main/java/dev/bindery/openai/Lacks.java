package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.ToolChoice;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses what a provider cannot do, by its name and before it is asked. The host does so for the
 * models that it knows; any other name comes here.
 */
final class Lacks {
    private static final Map<Capability, String> WORDS =
            Map.of(
                    Capability.COMPLETION, "raw prompts; send a chat",
                    Capability.IMAGES, "images",
                    Capability.AUDIO, "audio",
                    Capability.DOCUMENTS, "documents",
                    Capability.TOOLS, "tools",
                    Capability.JSON, "answers in JSON without a schema",
                    Capability.JSON_SCHEMA, "JSON schemas",
                    Capability.CANDIDATES, "several answers to one request (n)",
                    Capability.LOGPROBS, "log probabilities",
                    Capability.EMBEDDINGS, "embeddings");

    private final Provider provider;
    private final Set<Capability> lacks;

    Lacks(Provider provider) {
        this.provider = provider;
        this.lacks = provider.lacks();
    }

    /**
     * @throws BindingException UNSUPPORTED naming the provider and what it lacks
     */
    void check(GenerationRequest request) {
        if (!lacks.isEmpty()) {
            needs(request).forEach(this::check);
        }
    }

    /**
     * @throws BindingException UNSUPPORTED naming the provider and what it lacks
     */
    void check(Capability needed) {
        if (lacks.contains(needed)) {
            throw BindingException.unsupported(
                    "%s does not support %s"
                            .formatted(provider.name(), WORDS.getOrDefault(needed, needed.name())));
        }
    }

    private static Set<Capability> needs(GenerationRequest request) {
        Set<Capability> needs = new LinkedHashSet<>();
        if (request.input() instanceof Chat chat) {
            needs.add(Capability.CHAT);
            chat.messages().forEach(message -> media(message, needs));
        } else {
            needs.add(Capability.COMPLETION);
        }
        if (!request.tools().isEmpty()
                && !request.toolChoice().equals(Optional.of(ToolChoice.NONE))) {
            needs.add(Capability.TOOLS);
        }
        if (!request.responseFormat().kind().equals("text")) {
            needs.add(new Capability(request.responseFormat().kind()));
        }
        if (request.candidates() > 1) {
            needs.add(Capability.CANDIDATES);
        }
        if (request.logprobs().isPresent()) {
            needs.add(Capability.LOGPROBS);
        }
        return needs;
    }

    private static void media(Message message, Set<Capability> needs) {
        for (MediaPart part : message.parts(MediaPart.class)) {
            String kind =
                    part.blob().map(blob -> dev.bindery.http.MediaData.kind(blob)).orElse("image");
            needs.add(
                    switch (kind) {
                        case "image" -> Capability.IMAGES;
                        case "audio" -> Capability.AUDIO;
                        default -> Capability.DOCUMENTS;
                    });
        }
    }
}
