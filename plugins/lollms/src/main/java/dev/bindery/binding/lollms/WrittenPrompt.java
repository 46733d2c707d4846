package dev.bindery.binding.lollms;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationInput;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.Prompt;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.http.MediaData;
import java.util.ArrayList;
import java.util.List;

/**
 * What to start from, as LoLLMs takes it: one text, and images beside it.
 *
 * @param text the prompt
 * @param images in base64, in the order of their messages
 * @param stops where the answer ends, beside what the request names
 */
record WrittenPrompt(String text, List<String> images, List<String> stops) {
    private static final String TEXT = "{text}";

    static WrittenPrompt of(GenerationInput input, LollmsSettings settings) {
        return switch (input) {
            case Chat chat -> of(chat, settings);
            case Prompt prompt -> new WrittenPrompt(text(prompt), List.of(), List.of());
            default ->
                    throw BindingException.unsupported("this binding takes chats and prompts only");
        };
    }

    private static String text(Prompt prompt) {
        if (prompt.suffix().isPresent()) {
            throw BindingException.unsupported("LoLLMs takes a prompt without a suffix");
        }
        return prompt.text()
                .orElseThrow(() ->
                        BindingException.unsupported(
                                "LoLLMs takes a prompt as text, not as tokens"));
    }

    private static WrittenPrompt of(Chat chat, LollmsSettings settings) {
        List<String> images = new ArrayList<>();
        for (Message message : chat.messages()) {
            message.parts(MediaPart.class).forEach(media -> images.add(image(media, settings)));
        }
        List<String> texts = chat.messages().stream().map(WrittenPrompt::said).toList();
        if (!settings.templates()) {
            return new WrittenPrompt(String.join("\n", texts), images, List.of());
        }
        StringBuilder prompt = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            prompt.append(message(chat.messages().get(i).role(), texts.get(i), settings));
        }
        prompt.append(settings.answerTemplate());
        return new WrittenPrompt(prompt.toString(), images, settings.stopTexts());
    }

    /** The text goes in last: what it holds is no template. */
    private static String message(Role role, String text, LollmsSettings settings) {
        String name = role.equals(Role.DEVELOPER) ? Role.SYSTEM.name() : role.name();
        String template = settings.messageTemplate().replace("{role}", name);
        int place = template.indexOf(TEXT);
        return template.substring(0, place) + text + template.substring(place + TEXT.length());
    }

    private static String said(Message message) {
        message.parts().forEach(WrittenPrompt::check);
        return message.text();
    }

    private static void check(Part part) {
        switch (part) {
            case TextPart _, MediaPart _, ReasoningPart _, OpaquePart _ -> {}
            default ->
                    throw BindingException.unsupported(
                            "a part of kind %s: LoLLMs takes a text and images"
                                    .formatted(part.getClass().getSimpleName()));
        }
    }

    private static String image(MediaPart media, LollmsSettings settings) {
        Blob blob =
                media.blob()
                        .filter(bytes -> MediaData.kind(bytes).equals("image"))
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "LoLLMs takes images by their bytes, and no other media"));
        return MediaData.base64(settings.imageLimit().apply(blob));
    }
}
