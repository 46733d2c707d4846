package dev.bindery.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/** Which model names are passed on. A closed set. */
@API(status = API.Status.STABLE, since = "1.0")
public enum ModelPolicy {
    /** Any name is passed on: the provider knows. */
    OPEN,
    /** Only names that the binding lists. */
    CLOSED;

    /** The name in config.yaml, lower case. */
    public String yamlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that name in config.yaml; absent when there is none. */
    public static Optional<ModelPolicy> ofYamlName(String name) {
        return Arrays.stream(values()).filter(v -> v.yamlName().equals(name)).findFirst();
    }
}
