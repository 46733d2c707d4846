package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A Maven artifact that a binding needs installed.
 *
 * @param maven its coordinates, {@code group:artifact:version}
 * @param sha256 its checksum, 64 hex digits, where the author gives one
 */
@API(status = API.Status.STABLE, since = "1.0")
public record RequiredPackage(String maven, Optional<String> sha256) {
    public RequiredPackage {
        Objects.requireNonNull(maven, "maven");
        Objects.requireNonNull(sha256, "sha256");
    }
}
