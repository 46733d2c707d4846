package dev.bindery.host.state;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which jar of a binding served last, and which before it.
 *
 * @param sha256 the checksum of the one that serves
 * @param file where it was found, from the home where it lies in that
 * @param previous the checksum of the one before, to go back to; empty for none
 * @param proven whether a call of it has succeeded
 */
public record Service(String sha256, String file, String previous, boolean proven) {
    /** A file that lacks a field leaves it null. */
    public Service {
        sha256 = Objects.requireNonNullElse(sha256, "");
        file = Objects.requireNonNullElse(file, "");
        previous = Objects.requireNonNullElse(previous, "");
    }

    static Service after(@Nullable Service before, String sha256, String file) {
        if (before == null) {
            return new Service(sha256, file, "", false);
        }
        return before.sha256.equals(sha256)
                ? new Service(sha256, file, before.previous, before.proven)
                : new Service(sha256, file, before.sha256, false);
    }

    Service withProof() {
        return new Service(sha256, file, previous, true);
    }
}
