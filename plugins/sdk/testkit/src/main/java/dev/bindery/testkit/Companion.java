package dev.bindery.testkit;

import java.nio.file.Path;
import java.util.Map;

/**
 * Another instance in the suite's host, for a binding that asks others.
 *
 * @param instance its name
 * @param jar the binding's; several instances may share one
 * @param settings by name, as the operator would give them
 */
public record Companion(String instance, Path jar, Map<String, Object> settings) {
    public Companion {
        settings = Map.copyOf(settings);
    }
}
