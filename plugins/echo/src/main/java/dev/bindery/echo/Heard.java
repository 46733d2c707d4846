package dev.bindery.echo;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.GenerationInput;
import dev.bindery.api.Message;
import dev.bindery.api.Prompt;
import dev.bindery.api.Role;

/** What a request says: the text to be echoed, and how many tokens its input has. */
final class Heard {
    private final Tokenizer tokenizer;

    Heard(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The text of the last user message, or the prompt. */
    String text(GenerationInput input) {
        return switch (input) {
            case Chat chat -> chat.last(Role.USER).map(Message::text).orElseThrow(Heard::nobody);
            case Prompt prompt -> text(prompt);
            default -> throw unknown(input);
        };
    }

    String text(EmbeddingInput input) {
        return input.text().orElseGet(() -> tokenizer.detokenize(input.tokens().orElseThrow()));
    }

    /** A piece is a token; an input that comes as tokens has as many as came. */
    long tokens(GenerationInput input) {
        return switch (input) {
            case Chat chat -> chat.messages().stream().mapToLong(m -> Pieces.count(m.text())).sum();
            case Prompt prompt ->
                    prompt.tokens().map(tokens -> tokens.length).orElseGet(() -> count(prompt))
                            + Pieces.count(prompt.suffix().orElse(""));
            default -> throw unknown(input);
        };
    }

    long tokens(EmbeddingInput input) {
        return input.tokens()
                .map(tokens -> tokens.length)
                .orElseGet(() -> Pieces.count(text(input)));
    }

    private String text(Prompt prompt) {
        return prompt.text().orElseGet(() -> tokenizer.detokenize(prompt.tokens().orElseThrow()));
    }

    private int count(Prompt prompt) {
        return Pieces.count(text(prompt));
    }

    private static BindingException nobody() {
        return BindingException.invalidRequest(
                "there is no user message to echo; send at least one message with role user");
    }

    private static BindingException unknown(GenerationInput input) {
        return BindingException.unsupported(
                "echo takes messages or a prompt, not " + input.getClass().getSimpleName());
    }
}
