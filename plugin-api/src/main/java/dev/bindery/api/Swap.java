package dev.bindery.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/** How a new version takes over. A closed set. */
@API(status = API.Status.STABLE, since = "1.0")
public enum Swap {
    /** The new one starts beside the old one, which ends its calls. */
    OVERLAP,
    /** The old one stops before the new one starts; callers wait meanwhile. */
    EXCLUSIVE;

    /** The name in config.yaml, lower case. */
    public String yamlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that name in config.yaml; absent when there is none. */
    public static Optional<Swap> ofYamlName(String name) {
        return Arrays.stream(values()).filter(v -> v.yamlName().equals(name)).findFirst();
    }
}
