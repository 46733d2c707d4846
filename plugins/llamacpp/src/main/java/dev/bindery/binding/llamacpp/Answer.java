package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Timings;
import dev.bindery.api.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An answer in the making: what was said so far, and how long it took. For one thread. */
final class Answer {
    private final GenerationCallback callback;
    private final StopTexts stops;
    private final int promptTokens;
    private final int maxTokens;
    private final Optional<Duration> loadTime;
    private final StringBuilder text = new StringBuilder();
    private final long start = System.nanoTime();
    private long first;
    private long last;
    private int tokens;
    private boolean endedItself;
    private boolean refused;

    Answer(
            GenerationCallback callback,
            List<String> stops,
            int promptTokens,
            int maxTokens,
            Optional<Duration> loadTime) {
        this.callback = callback;
        this.stops = new StopTexts(stops);
        this.promptTokens = promptTokens;
        this.maxTokens = maxTokens;
        this.loadTime = loadTime;
    }

    /** Says something that is not the model's. */
    boolean say(String words) {
        if (!words.isEmpty() && !refused) {
            text.append(words);
            refused = !callback.chunk(words);
        }
        return !refused;
    }

    /**
     * A piece of the model's.
     *
     * @param count of how many tokens
     * @return whether more is wanted
     */
    boolean add(String piece, int count) {
        last = System.nanoTime();
        first = first == 0 ? last : first;
        tokens += count;
        // Only the token that ends an answer has no text.
        endedItself = piece.isEmpty();
        return say(stops.add(piece)) && stops.found().isEmpty();
    }

    /** The whole of it. */
    GenerationResult finished() {
        say(stops.rest());
        return result(refused ? FinishReason.CANCELLED : reason());
    }

    /** What there is of it, when nobody waits any more. */
    GenerationResult cancelled() {
        if (text.isEmpty()) {
            throw BindingException.cancelled();
        }
        return result(FinishReason.CANCELLED);
    }

    private FinishReason reason() {
        boolean cut = stops.found().isEmpty() && tokens >= maxTokens && !endedItself;
        return cut ? FinishReason.LENGTH : FinishReason.STOP;
    }

    private GenerationResult result(FinishReason reason) {
        Candidate.Builder candidate =
                Candidate.builder().text(text.toString()).finishReason(reason);
        stops.found().ifPresent(candidate::stopSequence);
        return GenerationResult.builder()
                .candidates(List.of(candidate.build()))
                .usage(Usage.of(promptTokens, tokens))
                .timings(timings())
                .build();
    }

    private Timings timings() {
        Timings.Builder timings = Timings.builder().load(loadTime.orElse(null));
        return first == 0
                ? timings.build()
                : timings.prompt(Duration.ofNanos(first - start))
                        .generation(Duration.ofNanos(last - first))
                        .build();
    }
}
