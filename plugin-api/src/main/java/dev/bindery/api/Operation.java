package dev.bindery.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One step of an answer, handed to {@link GenerationCallback#on}: what to do ({@link #type()}),
 * with what text, and with what typed payload for the types 20 to 24. Immutable.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class Operation {
    /** The highest index of a candidate. */
    public static final int MAX_CANDIDATE = 1023;

    private final OperationType type;
    private final String text;
    private final JsonObject metadata;
    private final int candidate;
    private final @Nullable Object payload;

    private Operation(
            OperationType type,
            String text,
            JsonObject metadata,
            int candidate,
            @Nullable Object payload) {
        this.type = Objects.requireNonNull(type, "type");
        this.text = Objects.requireNonNull(text, "text");
        this.metadata = Objects.requireNonNull(metadata, "metadata");
        this.candidate = candidate;
        this.payload = payload;
    }

    /** An operation of any type without a payload. */
    public static Operation of(OperationType type, String text) {
        return new Operation(type, text, JsonObject.EMPTY, 0, null);
    }

    /** The next piece of the answer's text; never half of a surrogate pair. */
    public static Operation chunk(String text) {
        return of(OperationType.ADD_CHUNK, text);
    }

    /** A piece of the model's reasoning. */
    public static Operation reasoning(String text) {
        return reasoning(ReasoningPart.of(text));
    }

    /** A piece of the model's reasoning, with its signature where it ends a thought. */
    public static Operation reasoning(ReasoningPart part) {
        return new Operation(OperationType.REASONING, part.text(), JsonObject.EMPTY, 0, part);
    }

    /** A fragment of a tool call. */
    public static Operation toolCall(ToolCallDelta delta) {
        return new Operation(OperationType.TOOL_CALL, "", JsonObject.EMPTY, 0, delta);
    }

    /** A medium of the answer. */
    public static Operation media(MediaPart media) {
        return new Operation(OperationType.MEDIA, "", JsonObject.EMPTY, 0, media);
    }

    /** Token counts so far. */
    public static Operation usage(Usage usage) {
        return new Operation(OperationType.USAGE, "", JsonObject.EMPTY, 0, usage);
    }

    /** Log probabilities of the tokens just sent. */
    public static Operation logprobs(List<TokenLogprob> logprobs) {
        return new Operation(
                OperationType.LOGPROBS,
                "",
                JsonObject.EMPTY,
                0,
                new Logprobs(List.copyOf(logprobs)));
    }

    /** What to do. */
    public OperationType type() {
        return type;
    }

    /** The text; empty where the type has none. */
    public String text() {
        return text;
    }

    /** What else is known at this point: progress, token counts, anything; empty when nothing. */
    public JsonObject metadata() {
        return metadata;
    }

    /** Which of several answers this belongs to, from 0 to {@value #MAX_CANDIDATE}. */
    public int candidate() {
        return candidate;
    }

    /** The fragment of a tool call; absent for every other type. */
    public Optional<ToolCallDelta> toolCall() {
        return payload(ToolCallDelta.class);
    }

    /** The piece of reasoning; absent for every other type. */
    public Optional<ReasoningPart> reasoning() {
        return payload(ReasoningPart.class);
    }

    /** The medium; absent for every other type. */
    public Optional<MediaPart> media() {
        return payload(MediaPart.class);
    }

    /** The token counts; absent for every other type. */
    public Optional<Usage> usage() {
        return payload(Usage.class);
    }

    /** The log probabilities; empty for every other type. */
    public List<TokenLogprob> logprobs() {
        return payload(Logprobs.class).map(Logprobs::tokens).orElse(List.of());
    }

    /** This operation with what else is known at this point. */
    public Operation withMetadata(JsonObject metadata) {
        return new Operation(type, text, metadata, candidate, payload);
    }

    /**
     * This operation for another of several answers.
     *
     * @param candidate from 0 to {@value #MAX_CANDIDATE}
     */
    public Operation withCandidate(int candidate) {
        if (candidate < 0 || candidate > MAX_CANDIDATE) {
            throw new IllegalArgumentException(
                    "a candidate is from 0 to %d, not %d".formatted(MAX_CANDIDATE, candidate));
        }
        return new Operation(type, text, metadata, candidate, payload);
    }

    @Override
    public String toString() {
        return type + "[" + candidate + "] " + text;
    }

    private <T> Optional<T> payload(Class<T> kind) {
        return kind.isInstance(payload) ? Optional.of(kind.cast(payload)) : Optional.empty();
    }

    private record Logprobs(List<TokenLogprob> tokens) {}
}
