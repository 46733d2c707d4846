package dev.bindery.binding.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings as the card has them. */
record ReplaySettings(
        String target, Mode mode, Optional<Path> folder, double speed, List<String> ignore) {
    ReplaySettings {
        if (target.contains("/") || target.isBlank()) {
            throw new IllegalArgumentException(
                    "target: found '%s', expected the name of an instance".formatted(target));
        }
    }
}
