package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** One text to be embedded, given as text or as tokens of the model's own vocabulary. */
@API(status = API.Status.STABLE, since = "1.0")
public final class EmbeddingInput {
    private final @Nullable String text;
    private final int @Nullable [] tokens;

    private EmbeddingInput(@Nullable String text, int @Nullable [] tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /** A text. */
    public static EmbeddingInput of(String text) {
        return new EmbeddingInput(Objects.requireNonNull(text, "text"), null);
    }

    /** A text given as tokens. */
    public static EmbeddingInput ofTokens(int[] tokens) {
        return new EmbeddingInput(null, tokens.clone());
    }

    /** The text; absent when it is given as tokens. */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** The tokens; absent when it is given as text. */
    public Optional<int[]> tokens() {
        return Optional.ofNullable(tokens).map(int[]::clone);
    }
}
