package dev.bindery.host;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a host is started.
 *
 * @param home where it keeps its things
 * @param bundled a folder with jars of the distribution, only read; absent for none
 * @param environment what secret settings may refer to by {@code ${env:NAME}}
 */
public record HostOptions(Home home, Optional<Path> bundled, Map<String, String> environment) {
    public HostOptions {
        environment = Map.copyOf(environment);
    }

    /** A host with nothing but what lies in its home. */
    public static HostOptions of(Path home) {
        return new HostOptions(new Home(home), Optional.empty(), System.getenv());
    }

    public HostOptions withBundled(Path folder) {
        return new HostOptions(home, Optional.of(folder), environment);
    }
}
