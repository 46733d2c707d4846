package dev.bindery.api;

import java.util.concurrent.atomic.AtomicInteger;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How often a request may still be tried again, by all layers together: a provider that is down
 * must not see each request once for every combination of their retries. Whoever tries again {@link
 * #take takes} one first, and gives up where there is none. All methods may be called from any
 * thread.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class RetryBudget {
    /** Nobody counts: each layer keeps its own limits. */
    public static final RetryBudget UNLIMITED = new RetryBudget(null, null);

    private final @Nullable AtomicInteger left;
    private final @Nullable RetryBudget whole;

    private RetryBudget(@Nullable AtomicInteger left, @Nullable RetryBudget whole) {
        this.left = left;
        this.whole = whole;
    }

    /**
     * A budget of its own.
     *
     * @param retries 0 or more
     */
    public static RetryBudget of(int retries) {
        return new RetryBudget(counter(retries), null);
    }

    /**
     * A share of this budget, for one of several tries: what is taken from it is taken from this
     * one, too.
     *
     * @param retries the most that may be taken through it, 0 or more
     */
    public RetryBudget atMost(int retries) {
        return new RetryBudget(counter(retries), this);
    }

    private static AtomicInteger counter(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("a budget has 0 retries or more, not " + retries);
        }
        return new AtomicInteger(retries);
    }

    /** Takes one; false when none is left, and the failure is to be told instead. */
    public boolean take() {
        if (left == null) {
            return true;
        }
        if (left.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            return false;
        }
        if (whole == null || whole.take()) {
            return true;
        }
        left.incrementAndGet();
        return false;
    }

    /** How many are left at this moment; {@link Integer#MAX_VALUE} when nobody counts. */
    public int left() {
        int own = left == null ? Integer.MAX_VALUE : left.get();
        return whole == null ? own : Math.min(own, whole.left());
    }

    @Override
    public String toString() {
        return left == null ? "RetryBudget[unlimited]" : "RetryBudget[" + left() + " left]";
    }
}
