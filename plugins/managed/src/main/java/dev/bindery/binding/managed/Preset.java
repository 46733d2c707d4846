package dev.bindery.binding.managed;

import dev.bindery.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A server whose command line is known; presets.json has them all.
 *
 * @param name what the setting calls it
 * @param command its words in groups; a group with a placeholder that has no value is left out
 * @param health the path that answers 200 once it is ready
 * @param keyVariable the environment variable by which it can be given an API key; empty for none
 */
record Preset(String name, List<List<String>> command, String health, String keyVariable) {
    /** What stands for a server that no preset knows. */
    static final Preset NONE = new Preset("none", List.of(), "/v1/models", "");

    private static final List<Preset> ALL = read();

    /** All of them. */
    static List<Preset> all() {
        return ALL;
    }

    static Optional<Preset> named(String name) {
        return ALL.stream().filter(preset -> preset.name().equals(name)).findFirst();
    }

    private static List<Preset> read() {
        try (InputStream in = Preset.class.getResourceAsStream("presets.json")) {
            List<Preset> presets = new ArrayList<>();
            Json.parse(Objects.requireNonNull(in).readAllBytes())
                    .forEach(preset -> presets.add(of(preset)));
            return List.copyOf(presets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Preset of(JsonNode preset) {
        List<List<String>> command = new ArrayList<>();
        preset.path("command").forEach(group -> command.add(words(group)));
        return new Preset(
                Json.text(preset, "name"),
                List.copyOf(command),
                Json.text(preset, "health"),
                Json.text(preset, "keyVariable"));
    }

    private static List<String> words(JsonNode group) {
        return StreamSupport.stream(group.spliterator(), false).map(JsonNode::stringValue).toList();
    }
}
