package dev.bindery.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/** The settings that a binding has: the guide's {@code ConfigTemplate}. */
@API(status = API.Status.STABLE, since = "1.0")
public final class ConfigTemplate {
    /** The template of a binding without settings. */
    public static final ConfigTemplate EMPTY = new ConfigTemplate(List.of());

    private final Map<String, ConfigEntry> entries;

    private ConfigTemplate(List<ConfigEntry> list) {
        Map<String, ConfigEntry> byName = new LinkedHashMap<>();
        for (ConfigEntry entry : list) {
            if (byName.put(entry.name(), entry) != null) {
                throw new IllegalArgumentException(
                        "the setting " + entry.name() + " is there twice");
            }
        }
        entries = Collections.unmodifiableMap(byName);
    }

    /**
     * @throws IllegalArgumentException when two entries have one name
     */
    public static ConfigTemplate of(List<ConfigEntry> entries) {
        return new ConfigTemplate(entries);
    }

    /** A template of these entries, in this order. */
    public static ConfigTemplate of(ConfigEntry... entries) {
        return new ConfigTemplate(List.of(entries));
    }

    /** The entries in their order. */
    public List<ConfigEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** The entry of that name. */
    public Optional<ConfigEntry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }
}
