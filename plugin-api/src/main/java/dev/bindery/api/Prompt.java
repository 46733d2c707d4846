package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A raw text, or its tokens, that the model continues; no template is applied. */
@API(status = API.Status.STABLE, since = "1.0")
public final class Prompt extends GenerationInput {
    private final @Nullable String text;
    private final int @Nullable [] tokens;
    private final @Nullable String suffix;
    private final boolean echo;

    private Prompt(
            @Nullable String text, int @Nullable [] tokens, @Nullable String suffix, boolean echo) {
        this.text = text;
        this.tokens = tokens;
        this.suffix = suffix;
        this.echo = echo;
    }

    /** A prompt given as text. */
    public static Prompt of(String text) {
        return new Prompt(Objects.requireNonNull(text, "text"), null, null, false);
    }

    /** A prompt given as tokens of the model's own vocabulary. */
    public static Prompt ofTokens(int[] tokens) {
        return new Prompt(null, tokens.clone(), null, false);
    }

    /** The text; absent when the prompt is given as tokens. */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** The tokens of the model's own vocabulary; absent when the prompt is given as text. */
    public Optional<int[]> tokens() {
        return Optional.ofNullable(tokens).map(int[]::clone);
    }

    /** What follows the gap to be filled. */
    public Optional<String> suffix() {
        return Optional.ofNullable(suffix);
    }

    /** Whether the answer begins with the prompt. */
    public boolean echo() {
        return echo;
    }

    /** This prompt with a gap before that suffix; null for none. */
    public Prompt withSuffix(@Nullable String suffix) {
        return new Prompt(text, tokens, suffix, echo);
    }

    /** This prompt, with or without itself before the answer. */
    public Prompt withEcho(boolean echo) {
        return new Prompt(text, tokens, suffix, echo);
    }
}
