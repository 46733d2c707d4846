package dev.bindery.binding.router;

import dev.bindery.binding.router.scripted.ScriptedBinding;
import dev.bindery.fixture.TestJar;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the jars of the router's targets. */
final class Jars {
    private Jars() {}

    static Path target(Path file, String id, String version, String more) throws IOException {
        return TestJar.of(file, card(id, version, more), ScriptedBinding.class);
    }

    private static String card(String id, String version, String more) {
        return """
        id: %s
        name: %s
        author: Tests
        version: %s
        description: Does what it is told
        url: https://example.org
        license: Apache-2.0
        capabilities: [chat, completion, stream, embeddings, tokenize%s]
        settings:
          - {name: script, type: str, value: ok, help: "What it does"}
          - {name: model, type: str, value: m, help: "Its model"}
        """
                .formatted(id, id, version, more);
    }
}
