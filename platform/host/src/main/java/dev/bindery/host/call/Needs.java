package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.ToolChoice;
import dev.bindery.host.ServedModel;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** What a request needs a model to be able to do; what it cannot is refused before it is asked. */
final class Needs {
    private final Set<Capability> needed = new LinkedHashSet<>();

    private Needs() {}

    /**
     * @throws BindingException {@link dev.bindery.api.ErrorCode#UNSUPPORTED}, naming what is
     *     missing
     */
    static void check(GenerationRequest request, ServedModel model) {
        Needs needs = new Needs();
        needs.of(request);
        for (Capability capability : needs.needed) {
            check(capability, model);
        }
    }

    static void check(Capability capability, ServedModel model) {
        if (!model.capabilities().contains(capability)) {
            Set<String> names = new TreeSet<>();
            model.capabilities().forEach(can -> names.add(can.name()));
            throw BindingException.unsupported(
                    "\"%s\" does not support %s; it supports: %s"
                            .formatted(model.id(), capability, String.join(", ", names)));
        }
    }

    private void of(GenerationRequest request) {
        if (request.input() instanceof Chat chat) {
            needed.add(Capability.CHAT);
            chat.messages().forEach(this::ofMedia);
        } else {
            needed.add(Capability.COMPLETION);
        }
        if (!request.tools().isEmpty()
                && !request.toolChoice().equals(java.util.Optional.of(ToolChoice.NONE))) {
            needed.add(Capability.TOOLS);
        }
        switch (request.responseFormat().kind()) {
            case "json" -> needed.add(Capability.JSON);
            case "json_schema" -> needed.add(Capability.JSON_SCHEMA);
            default -> {}
        }
        if (request.candidates() > 1) {
            needed.add(Capability.CANDIDATES);
        }
        if (request.logprobs().isPresent()) {
            needed.add(Capability.LOGPROBS);
        }
    }

    private void ofMedia(Message message) {
        for (MediaPart part : message.parts(MediaPart.class)) {
            String type = part.blob().map(blob -> blob.mediaType()).orElse("image/*");
            needed.add(ofType(type));
        }
    }

    private static Capability ofType(String mediaType) {
        if (mediaType.startsWith("image/")) {
            return Capability.IMAGES;
        }
        return mediaType.startsWith("audio/") ? Capability.AUDIO : Capability.DOCUMENTS;
    }
}
