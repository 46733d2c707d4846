package dev.bindery.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/** What kind of threads a binding's calls run on. A closed set. */
@API(status = API.Status.STABLE, since = "1.0")
public enum Threads {
    /** Platform threads that belong to the generation; right for everything. */
    PLATFORM,
    /** Virtual threads; only for code that waits and hardly computes. */
    VIRTUAL;

    /** The name in config.yaml, lower case. */
    public String yamlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that name in config.yaml; absent when there is none. */
    public static Optional<Threads> ofYamlName(String name) {
        return Arrays.stream(values()).filter(v -> v.yamlName().equals(name)).findFirst();
    }
}
