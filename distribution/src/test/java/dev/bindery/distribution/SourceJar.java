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
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes a third party's jar from its source, with nothing but what the distribution brings. */
final class SourceJar {
    private SourceJar() {}

    /**
     * @param type the binding's class, without a package
     */
    static byte[] of(String card, String type, String source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "config.yaml", card.getBytes(StandardCharsets.UTF_8));
            add(
                    zip,
                    "META-INF/services/dev.bindery.api.LlmBinding",
                    type.getBytes(StandardCharsets.UTF_8));
            add(zip, type + ".class", compiled(type, source));
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] compiled(String type, String source) throws IOException {
        Path folder = Files.createTempDirectory("sample");
        Path compiled = folder.resolve(type + ".class");
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
                            .getTask(
                                    messages,
                                    null,
                                    null,
                                    options,
                                    null,
                                    List.of(unit(type, source)))
                            .call();
            if (!done) {
                throw new AssertionError("a binding does not compile:\n" + messages);
            }
            return Files.readAllBytes(compiled);
        } finally {
            Files.deleteIfExists(compiled);
            Files.delete(folder);
        }
    }

    /** What a third party compiles against: {@code javac -cp 'lib/*'}. */
    private static String libraries() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(Command.DISTRIBUTION, "lib"))) {
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static JavaFileObject unit(String type, String source) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
