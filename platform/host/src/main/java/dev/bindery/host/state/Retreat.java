package dev.bindery.host.state;

import java.util.Objects;

/**
 * A jar that was rolled back; it is kept away until its file changes or the operator wants it
 * again.
 *
 * @param sha256 its checksum
 * @param version its version, for people
 * @param instead the checksum of the jar that serves instead
 * @param reason why, in a sentence
 */
public record Retreat(String sha256, String version, String instead, String reason) {
    /** A file that lacks a field leaves it null. */
    public Retreat {
        sha256 = Objects.requireNonNullElse(sha256, "");
        version = Objects.requireNonNullElse(version, "");
        instead = Objects.requireNonNullElse(instead, "");
        reason = Objects.requireNonNullElse(reason, "");
    }
}
