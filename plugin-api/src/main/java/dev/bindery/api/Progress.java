package dev.bindery.api;

import java.util.Objects;
import java.util.OptionalLong;
import org.apiguardian.api.API;

/**
 * How far a long piece of work is.
 *
 * @param status what is being done, for people
 * @param completed how much is done, in bytes or steps
 * @param total how much there is, in the same unit; absent when unknown
 */
@API(status = API.Status.STABLE, since = "1.0")
public record Progress(String status, long completed, OptionalLong total) {
    public Progress {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(total, "total");
    }

    /** A step of which only the name is known. */
    public static Progress of(String status) {
        return new Progress(status, 0, OptionalLong.empty());
    }

    /** A step with an end in sight. */
    public static Progress of(String status, long completed, long total) {
        return new Progress(status, completed, OptionalLong.of(total));
    }
}
