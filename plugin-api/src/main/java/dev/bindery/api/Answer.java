package dev.bindery.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the operations of an answer while it passes them on, so that what was sent and what is
 * returned cannot differ. This is the one definition of what the operations add up to:
 *
 * <ul>
 *   <li>{@link OperationType#ADD_CHUNK} adds its text, {@link OperationType#NEW_LINE} a line feed;
 *   <li>{@link OperationType#REPLACE_LAST} puts its text in the place of what the last of these
 *       three has added, and adds it where there is none;
 *   <li>{@link OperationType#SET_CONTENT} and {@link OperationType#SET_CONTENT_INVISIBLE_TO_AI} put
 *       their text in the place of all text so far;
 *   <li>{@link OperationType#REASONING}, {@link OperationType#TOOL_CALL} and {@link
 *       OperationType#MEDIA} make parts of their own, {@link OperationType#LOGPROBS} collect;
 *   <li>the last {@link OperationType#USAGE} stands;
 *   <li>every other type leaves the answer as it is.
 * </ul>
 *
 * <p>For one thread at a time, as every callback.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class Answer implements GenerationCallback {
    private final GenerationCallback next;
    private final List<AnswerParts> candidates = new ArrayList<>(List.of(new AnswerParts()));
    private @Nullable Usage usage;

    /**
     * @param next hears every operation first; one that it refuses is not added
     */
    public Answer(GenerationCallback next) {
        this.next = Objects.requireNonNull(next, "next");
    }

    /** Passes the operation on and adds it, unless {@code next} wants no more. */
    @Override
    public boolean on(Operation operation) {
        if (!next.on(operation)) {
            return false;
        }
        operation.usage().ifPresent(counts -> usage = counts);
        candidate(operation.candidate()).add(operation);
        return true;
    }

    /** The text of the first candidate so far. */
    public String text() {
        return text(0);
    }

    /** The text of that candidate so far; empty when it has not begun. */
    public String text(int candidate) {
        return Message.textOf(parts(candidate));
    }

    /** Everything of that candidate so far; empty when it has not begun. */
    public List<Part> parts(int candidate) {
        return candidate < candidates.size() ? candidates.get(candidate).parts() : List.of();
    }

    /** The log probabilities of that candidate so far. */
    public List<TokenLogprob> logprobs(int candidate) {
        return candidate < candidates.size() ? candidates.get(candidate).logprobs() : List.of();
    }

    /** The token counts that came last; absent when none came. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** What there is of that candidate, ended for that reason. */
    public Candidate candidate(int candidate, FinishReason reason) {
        return Candidate.builder()
                .parts(parts(candidate))
                .logprobs(logprobs(candidate))
                .finishReason(reason)
                .build();
    }

    /** What there is, every candidate ended for that reason. */
    public GenerationResult result(FinishReason reason) {
        List<Candidate> ended = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            ended.add(candidate(i, reason));
        }
        return GenerationResult.builder().candidates(ended).usage(usage).build();
    }

    private AnswerParts candidate(int index) {
        while (candidates.size() <= index) {
            candidates.add(new AnswerParts());
        }
        return candidates.get(index);
    }
}
