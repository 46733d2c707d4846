package dev.bindery.host.lifecycle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds files that are known and have not been there for a moment, although their folder is: many
 * programs replace a file by removing it first. Not for several threads.
 */
final class Vanishing {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Map<Path, Instant> missing = new HashMap<>();

    /** Which of those that are known are gone by now. */
    List<Path> of(Collection<Path> known, Instant now) {
        missing.keySet().retainAll(known);
        for (Path file : known) {
            if (Files.notExists(file) && Files.isDirectory(file.resolveSibling(""))) {
                missing.putIfAbsent(file, now);
            } else {
                missing.remove(file);
            }
        }
        return missing.entrySet().stream()
                .filter(entry -> entry.getValue().plus(MOMENT).isBefore(now))
                .map(Map.Entry::getKey)
                .toList();
    }
}
