package dev.bindery.host.embedded;

import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.generation.LifecycleLimits;
import java.nio.file.Path;
import java.time.Duration;

/** A host that waits for its bindings only a moment. */
public final class ImpatientHost {
    private static final LifecycleLimits SHORT =
            new LifecycleLimits(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(1000),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(100),
                    Duration.ofMillis(200));

    private ImpatientHost() {}

    public static Host start(Path home) {
        return EmbeddedHost.start(HostOptions.of(home), SHORT);
    }
}
