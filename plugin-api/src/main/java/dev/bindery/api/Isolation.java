package dev.bindery.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/** Where a binding's code runs. A closed set. */
@API(status = API.Status.STABLE, since = "1.0")
public enum Isolation {
    /** In the host, behind a class loader of its own. */
    CLASSLOADER,
    /** In a process of its own: native code must, anything may. */
    PROCESS;

    /** The name in config.yaml, lower case. */
    public String yamlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that name in config.yaml; absent when there is none. */
    public static Optional<Isolation> ofYamlName(String name) {
        return Arrays.stream(values()).filter(v -> v.yamlName().equals(name)).findFirst();
    }
}
