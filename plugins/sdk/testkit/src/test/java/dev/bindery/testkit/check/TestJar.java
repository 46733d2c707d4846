package dev.bindery.testkit.check;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A binding's jar, compiled here and now; sound but for what a test changes. */
final class TestJar {
    private static final String ANSWER =
            """
            Answer answer = new Answer(callback);
            for (String word : "One two three four five".splitWithDelimiters(" ", 0)) {
                if (request.cancellation().isCancelled() || !answer.chunk(word)) {
                    return answer.result(FinishReason.CANCELLED);
                }
            }
            return answer.result(FinishReason.STOP);
            """;

    private final Map<String, String> methods = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<String> card = new ArrayList<>(List.of("id: sample"));

    TestJar() {
        method("listModels", "public List<String> listModels() { return List.of(\"m\"); }");
        generates(ANSWER);
    }

    /** In the place of the method of that name, or beside the others. */
    TestJar method(String name, String source) {
        methods.put(name, source);
        return this;
    }

    TestJar generates(String body) {
        return method(
                "generate",
                "public GenerationResult generate(GenerationRequest request, GenerationCallback callback) throws Exception { %s }"
                        .formatted(body));
    }

    /** Another line of config.yaml. */
    TestJar card(String line) {
        card.add(line);
        return this;
    }

    /** Leaves the id to the host, which makes one of the name. */
    TestJar withoutId() {
        card.remove("id: sample");
        return this;
    }

    TestJar entry(String name) {
        entries.put(name, new byte[] {1});
        return this;
    }

    Path writeTo(Path folder) throws IOException {
        Path jar = folder.resolve("sample.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            put(zip, "config.yaml", card().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            put(
                    zip,
                    "META-INF/services/dev.bindery.api.LlmBinding",
                    "sample.Sample".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
            Path classes = Files.createDirectories(folder.resolve("classes"));
            compile(classes);
            try (var files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    put(zip, classes.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        return jar;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        ((OutputStream) zip).write(content);
        zip.closeEntry();
    }

    private String card() {
        return """
        name: Sample
        author: Tests
        version: 1.0.0
        description: A binding of the tests
        url: https://example.org
        license: Apache-2.0
        """
                + String.join("\n", card)
                + "\n";
    }

    private void compile(Path classes) {
        String source =
                """
                package sample;
                import dev.bindery.api.*;
                import java.util.*;
                import java.util.concurrent.*;
                public class Sample extends LlmBinding { %s }
                """
                        .formatted(String.join("\n", methods.values()));
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("memory:///sample/Sample.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of("-proc:none", "-d", classes.toString());
        boolean done =
                ToolProvider.getSystemJavaCompiler()
                        .getTask(null, null, null, options, null, List.of(file))
                        .call();
        if (!done) {
            throw new IllegalArgumentException("does not compile:\n" + source);
        }
    }
}
