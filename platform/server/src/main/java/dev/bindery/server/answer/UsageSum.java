package dev.bindery.server.answer;

import dev.bindery.api.Usage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The token counts of an answer that several calls made. For one thread. */
public final class UsageSum {
    private static final Usage UNKNOWN = Usage.builder().build();

    private Usage total = UNKNOWN;
    private @Nullable Usage soFar;

    /** Counts of the running call; the last ones stand where its result has none. */
    public void soFar(Usage usage) {
        soFar = usage;
    }

    /** A call has ended with those counts. */
    public void add(Optional<Usage> ofResult) {
        Usage call = ofResult.orElse(soFar == null ? UNKNOWN : soFar);
        soFar = null;
        total =
                Usage.builder()
                        .inputTokens(sum(call, Usage::inputTokens))
                        .cacheReadTokens(sum(call, Usage::cacheReadTokens))
                        .cacheWriteTokens(sum(call, Usage::cacheWriteTokens))
                        .outputTokens(sum(call, Usage::outputTokens))
                        .reasoningTokens(sum(call, Usage::reasoningTokens))
                        .build();
    }

    /** The counts of all calls; what no call knew is absent. */
    public Usage total() {
        return total;
    }

    private @Nullable Long sum(Usage call, Function<Usage, OptionalLong> count) {
        OptionalLong before = count.apply(total);
        OptionalLong more = count.apply(call);
        return before.isEmpty() && more.isEmpty() ? null : before.orElse(0) + more.orElse(0);
    }
}
