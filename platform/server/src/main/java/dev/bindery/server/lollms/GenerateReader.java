package dev.bindery.server.lollms;

import dev.bindery.api.Blob;
import dev.bindery.api.Capability;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationInput;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.api.Prompt;
import dev.bindery.api.Sampling;
import dev.bindery.host.ServedModel;
import dev.bindery.server.answer.Images;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request for text into the contract's form. */
final class GenerateReader {
    private GenerateReader() {}

    /**
     * @param model what the host calls the model
     */
    static GenerationRequest read(Fields body, String model, ServedModel served) {
        String prompt = body.requiredText("prompt");
        List<Blob> images =
                body.list("images").stream()
                        .map(image -> Images.read(image).blob().orElseThrow())
                        .toList();
        body.element("personality");
        boolean stream = body.isSet("stream");
        return GenerationRequest.builder(model, input(prompt, served))
                .maxTokens(orNone(body, "n_predict", 1))
                .sampling(sampling(body))
                .streaming(stream)
                .parameters(body.restOf("lollms"))
                .build()
                .withImages(images);
    }

    /** A prompt of LoLLMs is the whole text; a model that only chats gets it as one message. */
    private static GenerationInput input(String prompt, ServedModel served) {
        boolean chatsOnly =
                served.capabilities().contains(Capability.CHAT)
                        && !served.capabilities().contains(Capability.COMPLETION);
        return chatsOnly ? Chat.of(Message.user(prompt)) : Prompt.of(prompt);
    }

    private static Sampling sampling(Fields body) {
        Integer seed = orNone(body, "seed", 0);
        return Sampling.builder()
                .temperature(body.number("temperature", 0, 1000))
                .topK(body.count("top_k", -1, Integer.MAX_VALUE))
                .topP(body.number("top_p", 0, 1))
                .repeatPenalty(body.number("repeat_penalty", 0, 1000))
                .repeatLastN(body.count("repeat_last_n", -1, Integer.MAX_VALUE))
                .seed(seed == null ? null : Long.valueOf(seed))
                .build();
    }

    /** A number that is as good as absent below a limit: -1 is what these clients send for none. */
    private static @Nullable Integer orNone(Fields body, String field, int least) {
        Element value = body.element(field);
        if (value == null) {
            return null;
        }
        long number = value.whole(-1, Integer.MAX_VALUE);
        return number < least ? null : Integer.valueOf((int) number);
    }
}
