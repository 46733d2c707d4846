package dev.bindery.binding.router;

import dev.bindery.binding.router.scripted.ScriptedBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the jars that the tests install: the router's own, and those of its targets. */
final class Jars {
    private Jars() {}

    /** The binding as it was compiled. */
    static Path router(Path file) throws IOException {
        Path classes = Path.of("target/classes").toAbsolutePath();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
                Stream<Path> found = Files.walk(classes)) {
            found.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(path ->
                            put(
                                    zip,
                                    classes.relativize(path).toString().replace('\\', '/'),
                                    read(path)));
        }
        return file;
    }

    static Path target(Path file, String id, String version, String more) throws IOException {
        String path = ScriptedBinding.class.getName().replace('.', '/') + ".class";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
                var code = Jars.class.getResourceAsStream("/" + path)) {
            put(zip, "config.yaml", card(id, version, more).getBytes(StandardCharsets.UTF_8));
            put(
                    zip,
                    "META-INF/services/dev.bindery.api.LlmBinding",
                    ScriptedBinding.class.getName().getBytes(StandardCharsets.UTF_8));
            put(zip, path, code.readAllBytes());
        }
        return file;
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

    private static void put(ZipOutputStream zip, String name, byte[] bytes) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(bytes);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
