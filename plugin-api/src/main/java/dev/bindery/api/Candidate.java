package dev.bindery.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a request, in parts: text, reasoning, tool calls, media, opaque, in the order in
 * which the model gave them.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class Candidate {
    private final List<Part> parts;
    private final FinishReason finishReason;
    private final @Nullable String stopSequence;
    private final List<TokenLogprob> logprobs;

    private Candidate(Builder builder) {
        parts = builder.parts;
        finishReason = builder.finishReason;
        stopSequence = builder.stopSequence;
        logprobs = builder.logprobs;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder() {
        return new Builder();
    }

    /** An answer that is a text and nothing else. */
    public static Candidate of(String text, FinishReason finishReason) {
        return builder().text(text).finishReason(finishReason).build();
    }

    /** Everything the model answered. */
    public List<Part> parts() {
        return parts;
    }

    /** Why the answer ended. */
    public FinishReason finishReason() {
        return finishReason;
    }

    /** The stop text at which it ended, where it did. */
    public Optional<String> stopSequence() {
        return Optional.ofNullable(stopSequence);
    }

    /** Log probabilities of the answer's tokens; empty when not asked for. */
    public List<TokenLogprob> logprobs() {
        return logprobs;
    }

    /** The text of the answer: that of its text parts, joined. */
    public String text() {
        return Message.textOf(parts);
    }

    /** The text of the reasoning parts, joined; empty when there are none. */
    public String reasoning() {
        return parts.stream()
                .filter(ReasoningPart.class::isInstance)
                .map(part -> ((ReasoningPart) part).text())
                .collect(Collectors.joining());
    }

    /** The tool calls in their order. */
    public List<ToolCallPart> toolCalls() {
        return parts.stream()
                .filter(ToolCallPart.class::isInstance)
                .map(ToolCallPart.class::cast)
                .toList();
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.parts = parts;
        builder.finishReason = finishReason;
        builder.stopSequence = stopSequence;
        builder.logprobs = logprobs;
        return builder;
    }

    /**
     * Builds {@link Candidate}s; not for several threads. Each method sets what the accessor of its
     * name returns.
     */
    public static final class Builder {
        private List<Part> parts = List.of();
        private FinishReason finishReason = FinishReason.STOP;
        private @Nullable String stopSequence;
        private List<TokenLogprob> logprobs = List.of();

        private Builder() {}

        public Builder parts(List<Part> parts) {
            this.parts = List.copyOf(parts);
            return this;
        }

        /** The answer is that text and nothing else; an empty text leaves no part. */
        public Builder text(String text) {
            return parts(text.isEmpty() ? List.of() : List.of(TextPart.of(text)));
        }

        public Builder finishReason(FinishReason finishReason) {
            this.finishReason = Objects.requireNonNull(finishReason, "finishReason");
            return this;
        }

        public Builder stopSequence(@Nullable String stopSequence) {
            this.stopSequence = stopSequence;
            return this;
        }

        public Builder logprobs(List<TokenLogprob> logprobs) {
            this.logprobs = List.copyOf(logprobs);
            return this;
        }

        public Candidate build() {
            return new Candidate(this);
        }
    }
}
