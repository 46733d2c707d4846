package dev.bindery.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A real jar with a binding that does what its prompt says; compiled once for all tests. */
final class PuppetJar {
    private static final String SOURCE = "/puppet/Puppet.java";

    private PuppetJar() {}

    static Path in(Path folder) throws IOException {
        Path source = folder.resolve("source/puppet/Puppet.java");
        Files.createDirectories(source.getParent());
        try (InputStream in = PuppetJar.class.getResourceAsStream(SOURCE)) {
            Files.write(source, in.readAllBytes());
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(source, classes);
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.bindery.api.LlmBinding"), "puppet.Puppet\n");
        Path jar = folder.resolve("puppet.jar");
        pack(classes, jar);
        return jar;
    }

    private static void compile(Path source, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int failed =
                compiler.run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        source.toString());
        if (failed != 0) {
            throw new IllegalStateException("the puppet does not compile");
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path path : List.copyOf(all.filter(Files::isRegularFile).toList())) {
                String name = classes.relativize(path).toString().replace('\\', '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(path, out);
            }
            out.putNextEntry(new JarEntry("config.yaml"));
            out.write("name: Puppet\n".getBytes(UTF_8));
        }
    }
}
