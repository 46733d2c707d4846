package dev.bindery.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How long the calls in flight of a binding that ends may go on. */
final class Drain {
    @ArgGroup private @Nullable Choice choice;

    private static final class Choice {
        @Option(
                names = "--drain",
                paramLabel = "SECONDS",
                description = "How long calls in flight may go on; 30 if not given.")
        private int seconds;

        @Option(names = "--now", description = "Cancel calls in flight at once.")
        private boolean now;
    }

    /** What the host is told of it; nothing when nothing was chosen. */
    Map<String, String> query() {
        Choice chosen = choice;
        if (chosen == null) {
            return Map.of();
        }
        return Map.of("drain_s", chosen.now ? "0" : Integer.toString(chosen.seconds));
    }
}
