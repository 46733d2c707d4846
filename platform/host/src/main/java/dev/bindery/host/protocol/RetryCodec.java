package dev.bindery.host.protocol;

import dev.bindery.api.RetryBudget;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The budget of a request on both sides of a process's wall: what is left goes over with the
 * request, and what was taken comes back in a line before the last.
 */
public final class RetryCodec {
    /** The field of that line. */
    public static final String TAKEN = "retriesTaken";

    private RetryCodec() {}

    static OptionalInt left(RetryBudget budget) {
        int left = budget.left();
        return left == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(left);
    }

    static RetryBudget budget(WireReader wire) {
        OptionalInt left = wire.intIf("retriesLeft");
        return left.isPresent()
                ? RetryBudget.of(Math.max(0, left.getAsInt()))
                : RetryBudget.UNLIMITED;
    }

    /** How many, as the value of that field. */
    public static JsonNode taken(int retries) {
        return JsonNodeFactory.instance.numberNode(retries);
    }

    /** Takes on this side what a line says was taken on the other. */
    public static void settle(WireReader line, RetryBudget budget) {
        for (int i = line.intIf(TAKEN).orElse(0); i > 0 && budget.take(); i--) {
            // One each time.
        }
    }
}
