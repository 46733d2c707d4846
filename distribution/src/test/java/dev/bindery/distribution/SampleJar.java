package dev.bindery.distribution;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A third party's jar, made with nothing but what the distribution brings: its model {@code m}
 * counts slowly, and says with each number which version it is.
 *
 * @param id the binding's id
 * @param version its version
 */
record SampleJar(String id, String version) {
    private static final int PIECES = 40;
    private static final String CLASS = "Counting";

    String model() {
        return id + "/m";
    }

    /** The whole answer to anything. */
    String answer() {
        return IntStream.range(0, PIECES).mapToObj(this::piece).collect(Collectors.joining());
    }

    private String piece(int number) {
        return version + ":" + number + " ";
    }

    private String source() {
        return """
        import dev.bindery.api.*;
        import java.util.List;
        public class %s extends LlmBinding {
            @Override public List<String> listModels() {
                return List.of("m");
            }
            @Override public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
                StringBuilder said = new StringBuilder();
                for (int i = 0; i < %d; i++) {
                    pause();
                    String piece = "%s:" + i + " ";
                    if (!callback.chunk(piece)) break;
                    said.append(piece);
                }
                return GenerationResult.of(said.toString());
            }
            private static void pause() {
                try {
                    Thread.sleep(25);
                } catch (InterruptedException e) {
                    throw BindingException.cancelled();
                }
            }
        }
        """
                .formatted(CLASS, PIECES, version);
    }

    private String card() {
        return """
        id: %s
        name: Counting
        author: Tests
        version: %s
        description: Counts
        url: https://example.org
        license: Apache-2.0
        """
                .formatted(id, version);
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "config.yaml", card().getBytes(StandardCharsets.UTF_8));
            add(
                    zip,
                    "META-INF/services/dev.bindery.api.LlmBinding",
                    CLASS.getBytes(StandardCharsets.UTF_8));
            add(zip, CLASS + ".class", compiled());
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private byte[] compiled() throws IOException {
        Path folder = Files.createTempDirectory("sample");
        Path type = folder.resolve(CLASS + ".class");
        try {
            StringWriter messages = new StringWriter();
            List<String> options =
                    List.of(
                            "-cp",
                            libraries(),
                            "-d",
                            folder.toString(),
                            "-proc:none",
                            "-Xlint:all",
                            "-Werror");
            boolean done =
                    ToolProvider.getSystemJavaCompiler()
                            .getTask(messages, null, null, options, null, List.of(unit()))
                            .call();
            if (!done) {
                throw new AssertionError("a binding does not compile:\n" + messages);
            }
            return Files.readAllBytes(type);
        } finally {
            Files.deleteIfExists(type);
            Files.delete(folder);
        }
    }

    /** What a third party compiles against: {@code javac -cp 'lib/*'}. */
    private static String libraries() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(Command.DISTRIBUTION, "lib"))) {
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private JavaFileObject unit() {
        return new SimpleJavaFileObject(
                URI.create("string:///" + CLASS + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source();
            }
        };
    }
}
