package dev.bindery.faulty;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The jar of {@link FaultyBinding}. */
public final class FaultyJar {
    private static final String CARD =
            """
            id: faulty
            name: Faulty
            author: Tests
            version: 1.0.0
            description: Breaks the contract in one way at a time
            url: https://example.org
            license: Apache-2.0
            capabilities: [chat, completion, stream, images, documents, audio, tools, json, json_schema, reasoning, embeddings, tokenize, candidates, logprobs]
            models: closed
            settings:
              - {name: base_url, type: str, value: "", help: "Address of the provider", required: true}
              - {name: api_key, type: str, value: "", help: "Its key", secret: true}
              - {name: size, type: int, value: 1, min: 1, max: 9, help: "Anything"}
            """;

    private FaultyJar() {}

    public static Path writeTo(Path folder) throws IOException {
        Path jar = folder.resolve("faulty.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            put(zip, "config.yaml", bytes(CARD));
            put(zip, "README.md", bytes("A binding of the tests."));
            put(zip, "logo.svg", bytes("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
            put(
                    zip,
                    "META-INF/services/dev.bindery.api.LlmBinding",
                    bytes(FaultyBinding.class.getName()));
            for (Class<?> part :
                    List.of(
                            FaultyBinding.class,
                            Telling.class,
                            Lines.class,
                            Picky.class,
                            Failures.class,
                            Fault.class)) {
                put(zip, part.getName().replace('.', '/') + ".class", code(part));
            }
        }
        return jar;
    }

    private static byte[] code(Class<?> type) throws IOException {
        try {
            Path classes =
                    Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.readAllBytes(classes.resolve(type.getName().replace('.', '/') + ".class"));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
