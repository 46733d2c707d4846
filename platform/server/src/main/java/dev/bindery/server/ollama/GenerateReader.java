package dev.bindery.server.ollama;

import dev.bindery.api.Capability;
import dev.bindery.api.Chat;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationInput;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.Prompt;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.server.answer.Images;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a generate request into the contract's form. Ollama puts the prompt into the model's
 * template, so it is a conversation of one message, unless it is to be taken raw or has a suffix.
 */
final class GenerateReader {
    private GenerateReader() {}

    /**
     * @param prompt the text to go on from
     */
    static GenerationRequest read(Fields body, AskedModel model, String prompt) {
        refuseWhatWouldBeIgnored(body);
        Options options = Options.of(body);
        return RequestParts.read(body, options, model, input(body, model, prompt))
                .parameters(options.parameters(body))
                .build();
    }

    private static GenerationInput input(Fields body, AskedModel model, String prompt) {
        String system = textOf(body, "system");
        String suffix = textOf(body, "suffix");
        List<Element> images = body.list("images");
        boolean raw = body.isSet("raw") || !suffix.isEmpty() || !canChat(model);
        if (!raw) {
            return chat(system, prompt, images);
        }
        if (!system.isEmpty() || !images.isEmpty()) {
            throw unsupported(
                    !system.isEmpty() ? "system" : "images",
                    "a prompt that is taken raw, or has a suffix, or is for a model that only"
                            + " completes, goes alone; use /api/chat");
        }
        return Prompt.of(prompt).withSuffix(suffix.isEmpty() ? null : suffix);
    }

    /** A model that completes only gets the prompt as it is. */
    private static boolean canChat(AskedModel model) {
        return model.can(Capability.CHAT) || !model.can(Capability.COMPLETION);
    }

    private static Chat chat(String system, String prompt, List<Element> images) {
        List<Part> asked = new ArrayList<>();
        asked.add(TextPart.of(prompt));
        images.forEach(image -> asked.add(Images.read(image)));
        List<Message> messages = new ArrayList<>();
        if (!system.isEmpty()) {
            messages.add(Message.system(system));
        }
        messages.add(Message.of(Role.USER, asked));
        return Chat.of(messages);
    }

    private static String textOf(Fields body, String field) {
        String text = body.text(field);
        return text == null ? "" : text;
    }

    private static void refuseWhatWouldBeIgnored(Fields body) {
        if (!textOf(body, "template").isEmpty()) {
            throw unsupported(
                    "template",
                    "a model's template belongs to its binding; send a finished prompt with raw");
        }
        if (!body.list("context").isEmpty()) {
            throw unsupported(
                    "context",
                    "this server gives out no context; send the whole conversation to /api/chat");
        }
    }

    private static Refusal unsupported(String field, String why) {
        return Refusal.of(400, ErrorCode.UNSUPPORTED.name(), field + ": " + why).about(field);
    }
}
