package dev.bindery.binding.lollms;

import dev.bindery.api.Answer;
import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that ends before a stop text, which LoLLMs knows nothing of. Chunks are passed on as
 * they came, so that a correction of the last one still means it: one in which a stop text may
 * begin waits for the next. For one thread.
 */
final class StoppedAnswer {
    private final Answer answer;
    private final List<String> stops;
    private final List<Operation> held = new ArrayList<>();
    private FinishReason reason = FinishReason.CANCELLED;
    private @Nullable String stop;
    private boolean begun;

    StoppedAnswer(GenerationCallback callback, List<String> stops) {
        this.answer = new Answer(callback);
        this.stops = stops.stream().filter(text -> !text.isEmpty()).toList();
    }

    /** Whether anything has come. */
    boolean begun() {
        return begun;
    }

    Optional<Usage> usage() {
        return answer.usage();
    }

    /** Passes on what is not to be searched. */
    boolean pass(Operation operation) {
        return answer.on(operation);
    }

    /**
     * Takes what came next.
     *
     * @return whether to go on
     */
    boolean take(Operation operation) {
        begun = true;
        if (operation.type().equals(OperationType.ADD_CHUNK)) {
            held.add(operation);
            return search();
        }
        return (!changesText(operation.type()) || release(held.size())) && answer.on(operation);
    }

    private static boolean changesText(OperationType type) {
        return type.equals(OperationType.NEW_LINE)
                || type.equals(OperationType.REPLACE_LAST)
                || type.equals(OperationType.SET_CONTENT)
                || type.equals(OperationType.SET_CONTENT_INVISIBLE_TO_AI);
    }

    private boolean search() {
        StringBuilder text = new StringBuilder();
        held.forEach(chunk -> text.append(chunk.text()));
        int end = firstStop(text);
        if (end >= 0) {
            reason = cut(end) ? FinishReason.STOP : FinishReason.CANCELLED;
            return false;
        }
        return release(chunksBefore(text.length() - mayGrowIntoStop(text)));
    }

    private int firstStop(StringBuilder text) {
        int first = -1;
        for (String each : stops) {
            int at = text.indexOf(each);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
                stop = each;
            }
        }
        return first;
    }

    private int mayGrowIntoStop(StringBuilder text) {
        int longest = 0;
        for (String each : stops) {
            for (int n = Math.min(each.length() - 1, text.length()); n > longest; n--) {
                if (each.startsWith(text.substring(text.length() - n))) {
                    longest = n;
                }
            }
        }
        return longest;
    }

    /** How many chunks end at that place or before it. */
    private int chunksBefore(int place) {
        int chunks = 0;
        int length = 0;
        while (chunks < held.size() && length + held.get(chunks).text().length() <= place) {
            length += held.get(chunks++).text().length();
        }
        return chunks;
    }

    private boolean release(int chunks) {
        for (int i = 0; i < chunks; i++) {
            if (!answer.on(held.removeFirst())) {
                return false;
            }
        }
        return true;
    }

    /** Passes on the text before that place, and nothing more. */
    private boolean cut(int place) {
        int whole = chunksBefore(place);
        int length = held.stream().limit(whole).mapToInt(chunk -> chunk.text().length()).sum();
        if (!release(whole)) {
            return false;
        }
        return place == length
                || answer.on(Operation.chunk(held.getFirst().text().substring(0, place - length)));
    }

    /** The answer, which is whole; why it ended, where the server says so. */
    GenerationResult complete(Optional<OperationReader.End> end) {
        boolean all = release(held.size());
        Optional<Usage> usage = end.flatMap(OperationReader.End::usage);
        if (all && usage.isPresent()) {
            all = answer.on(Operation.usage(usage.get()));
        }
        reason =
                all
                        ? end.map(OperationReader.End::reason).orElse(FinishReason.STOP)
                        : FinishReason.CANCELLED;
        return result();
    }

    /** The answer as far as it came before it was cancelled. */
    GenerationResult stopped() {
        release(held.size());
        return result();
    }

    /** The answer as it stands: at a stop text, or where nobody wanted more. */
    GenerationResult result() {
        Candidate said = answer.candidate(0, reason).toBuilder().stopSequence(stop).build();
        return answer.result(reason).toBuilder().candidates(List.of(said)).build();
    }
}
