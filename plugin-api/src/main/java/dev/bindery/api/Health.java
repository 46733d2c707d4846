package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * How an instance is. It informs and never blocks a swap: a host may be offline.
 *
 * @param status UP or DEGRADED; expect others
 * @param reason what is wrong and what helps, for people; empty when UP
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Health(String status, String reason) {
    /** All is well. */
    public static final Health UP = new Health("UP", "");

    public Health {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
    }

    /** Works, but not as it should; say what helps. */
    public static Health degraded(String reason) {
        return new Health("DEGRADED", reason);
    }
}
