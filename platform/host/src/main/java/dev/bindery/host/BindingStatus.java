package dev.bindery.host;

import dev.bindery.api.BindingCard;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one jar, at one moment.
 *
 * @param id the binding's id; the file's name without {@code .jar} where its card cannot be read
 * @param state where it stands
 * @param reason why it stands there, in a sentence; empty when there is nothing to say
 * @param card its card; absent where that cannot be read
 * @param file the jar in the drop folder or among the distribution's own
 * @param sha256 the checksum of the generation that serves, or of the file; empty when unknown
 * @param generation which generation serves, counted from 1; 0 for none
 * @param bundled whether it came with the distribution
 * @param instances the names of its instances
 * @param since when it came into that state
 */
public record BindingStatus(
        String id,
        BindingState state,
        String reason,
        Optional<BindingCard> card,
        Path file,
        String sha256,
        int generation,
        boolean bundled,
        List<String> instances,
        Instant since) {
    /** The card's version; empty where there is no card. */
    public String version() {
        return card.map(BindingCard::version).orElse("");
    }
}
