package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Says before a model is loaded whether there is memory for it. Without that the system would take
 * the memory from whoever has some, or end the process in the middle of an answer.
 */
final class MemoryCheck {
    private static final int LEAST_CONTEXT = 512;

    private final LongSupplier available;

    /**
     * @param available bytes that the process may still take; pages of files count as free
     */
    MemoryCheck(LongSupplier available) {
        this.available = available;
    }

    /** One that nothing fails. */
    static MemoryCheck none() {
        return new MemoryCheck(() -> Long.MAX_VALUE);
    }

    /**
     * @param loaded what is in memory already
     * @return why it cannot be; absent when there is room
     */
    Optional<BindingException> refusal(Opening wanted, Collection<Engine> loaded) {
        long room = available.getAsLong() - mapped(wanted, loaded);
        return wanted.need().total() <= room
                ? Optional.empty()
                : Optional.of(refusal(wanted, loaded, Math.max(0, room)));
    }

    /** Weights of other models, which the system counts as free although they are in use. */
    private static long mapped(Opening wanted, Collection<Engine> loaded) {
        return loaded.stream()
                .map(Engine::opening)
                .filter(other -> !other.model().file().equals(wanted.model().file()))
                .collect(Collectors.toMap(other -> other.model().file(), Opening::size, Math::max))
                .values()
                .stream()
                .mapToLong(size -> size)
                .sum();
    }

    private static BindingException refusal(Opening wanted, Collection<Engine> loaded, long room) {
        MemoryNeed need = wanted.need();
        long inUse = loaded.stream().mapToLong(Engine::memory).sum();
        boolean later = need.total() <= room + inUse;
        String message =
                "%s needs about %s of memory, and %s are there: %s for its weights, %s for %s, %s to compute. %s, or switch memory_check off to try all the same"
                        .formatted(
                                wanted.model().name(),
                                MemoryNeed.shown(need.total()),
                                MemoryNeed.shown(room),
                                MemoryNeed.shown(need.weights()),
                                MemoryNeed.shown(need.context()),
                                contexts(wanted),
                                MemoryNeed.shown(need.work()),
                                advice(wanted, room, later ? inUse : 0));
        return new BindingException(
                later ? ErrorCode.OVERLOADED : ErrorCode.NOT_CONFIGURED, message);
    }

    private static String contexts(Opening wanted) {
        return wanted.parallel() == 1
                ? "a context of %d tokens".formatted(wanted.context())
                : "%d contexts of %d tokens".formatted(wanted.parallel(), wanted.context());
    }

    private static String advice(Opening wanted, long room, long inUse) {
        String smaller = smaller(wanted, room);
        return inUse > 0
                ? "Wait until models that are in use (%s) can be freed, or %s"
                        .formatted(MemoryNeed.shown(inUse), smaller)
                : smaller.substring(0, 1).toUpperCase(Locale.ROOT) + smaller.substring(1);
    }

    /** The largest settings with which it would fit: first fewer contexts, then shorter ones. */
    private static String smaller(Opening wanted, long room) {
        for (int parallel = wanted.parallel() - 1; parallel > 0; parallel--) {
            if (wanted.with(wanted.context(), parallel).need().total() <= room) {
                return "set parallel to " + parallel;
            }
        }
        String name =
                wanted.purpose() == Opening.Purpose.ANSWERS
                        ? "context_length"
                        : "embedding_context";
        for (int context = wanted.context() / 2; context >= LEAST_CONTEXT; context /= 2) {
            if (wanted.with(context, 1).need().total() <= room) {
                return "set %s to %d%s"
                        .formatted(
                                name, context, wanted.parallel() > 1 ? " and parallel to 1" : "");
            }
        }
        return "take a smaller quantisation or a smaller model";
    }
}
