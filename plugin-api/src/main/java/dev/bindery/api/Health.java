package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** How an instance is. It informs and never blocks a swap: a host may be offline. */
@API(status = API.Status.STABLE, since = "1.0")
public final class Health {
    /** All is well. */
    public static final Health UP = new Health("UP", "");

    private final String status;
    private final String reason;

    private Health(String status, String reason) {
        this.status = Objects.requireNonNull(status, "status");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Works, but not as it should; say what helps. */
    public static Health degraded(String reason) {
        return new Health("DEGRADED", reason);
    }

    /** Any status, such as one that another version of this contract knows. */
    public static Health of(String status, String reason) {
        return new Health(status, reason);
    }

    /** UP or DEGRADED; expect others. */
    public String status() {
        return status;
    }

    /** What is wrong and what helps, for people; empty when UP. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Health that
                && that.status.equals(status)
                && that.reason.equals(reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, reason);
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? status : status + ": " + reason;
    }
}
