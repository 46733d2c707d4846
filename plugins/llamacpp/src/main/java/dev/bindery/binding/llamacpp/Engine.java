package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationInput;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.Prompt;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolResultPart;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One model in memory, opened either for answers or for embeddings. Any number of threads. */
final class Engine {
    /** Tokens of a prompt that are read at once: so long a cancelled request goes on at most. */
    static final int STRIDE = 32;

    private final Opening opening;
    private final Llama llama;
    private final Slots slots;
    private final Duration loadTime;

    Engine(Opening opening, Llama llama, Duration loadTime) {
        this.opening = opening;
        this.llama = llama;
        this.slots = new Slots(opening.parallel());
        this.loadTime = loadTime;
    }

    /** How it was opened. */
    Opening opening() {
        return opening;
    }

    InstalledModel model() {
        return opening.model();
    }

    Llama llama() {
        return llama;
    }

    Slots slots() {
        return slots;
    }

    /** Tokens that a prompt and its answer may have together. */
    int context() {
        return opening.context();
    }

    /** About how much memory it takes, in bytes. */
    long memory() {
        return opening.need().total();
    }

    Duration loadTime() {
        return loadTime;
    }

    /** The tokens that the model is given for that input. */
    int[] tokens(GenerationInput input) {
        return switch (input) {
            case Prompt prompt when prompt.tokens().isPresent() ->
                    checked(prompt.tokens().orElseThrow());
            case Prompt prompt -> withBeginning(llama.tokens(prompt.text().orElse("")));
            case Chat chat -> withBeginning(llama.tokens(text(chat)));
            default -> throw BindingException.unsupported("this kind of input");
        };
    }

    /**
     * The conversation in the form that the model was trained on, up to where its answer begins.
     */
    private String text(Chat chat) {
        if (chat.messages().isEmpty()) {
            throw BindingException.invalidRequest("a conversation has at least one message");
        }
        JsonArray messages = new JsonArray(chat.messages().stream().map(Engine::json).toList());
        return TemplateText.unwrap(
                llama.applyTemplate(JsonObject.of("messages", messages).toString()));
    }

    private static JsonObject json(Message message) {
        Role role = message.role().equals(Role.DEVELOPER) ? Role.SYSTEM : message.role();
        String content = message.parts().stream().map(Engine::text).collect(Collectors.joining());
        return JsonObject.of("role", role.name(), "content", TemplateText.wrap(content));
    }

    private static String text(Part part) {
        return switch (part) {
            case TextPart text -> text.text();
            case ToolResultPart result -> result.text();
            default -> "";
        };
    }

    private int[] withBeginning(int[] tokens) {
        OptionalInt beginning = opening.header().beginning();
        boolean has = tokens.length > 0 && beginning.orElse(-1) == tokens[0];
        return beginning.isEmpty() || has
                ? tokens
                : IntStream.concat(IntStream.of(beginning.getAsInt()), Arrays.stream(tokens))
                        .toArray();
    }

    /** The tokens, all of the model's vocabulary; llama.cpp would end the process for others. */
    int[] checked(int[] tokens) {
        int size = opening.header().vocabularySize();
        for (int token : tokens) {
            if (token < 0 || token >= size) {
                throw BindingException.invalidRequest(
                        "%s has tokens from 0 to %d; found %d"
                                .formatted(model().name(), size - 1, token));
            }
        }
        return tokens;
    }
}
