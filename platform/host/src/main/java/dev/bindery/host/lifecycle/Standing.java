package dev.bindery.host.lifecycle;

import dev.bindery.host.BindingState;
import dev.bindery.host.artifact.StagedJar;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a binding stands, for everybody to read.
 *
 * @param serving the jar that serves
 * @param generation its number, 0 for none
 */
record Standing(
        BindingState state,
        String reason,
        Optional<StagedJar> serving,
        int generation,
        Instant since) {
    static Standing unknown() {
        return new Standing(BindingState.STAGED, "", Optional.empty(), 0, Instant.now());
    }

    boolean isLike(Standing other) {
        return state == other.state
                && reason.equals(other.reason)
                && generation == other.generation;
    }
}
