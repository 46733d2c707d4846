package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** A binding's jar as it is built, and near copies of it. */
public record BindingJar(Path file) {
    private static final String CARD = "config.yaml";

    /** The same binding under another id. */
    public BindingJar withId(String id, Path target) throws IOException {
        return withLine("id", id, target);
    }

    /** The same binding as another version. */
    public BindingJar withVersion(String version, Path target) throws IOException {
        return withLine("version", version, target);
    }

    private BindingJar withLine(String field, String value, Path target) throws IOException {
        try (JarFile jar = new JarFile(file.toFile());
                OutputStream out = Files.newOutputStream(target);
                JarOutputStream copy = new JarOutputStream(out)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                byte[] content = jar.getInputStream(entry).readAllBytes();
                copy.putNextEntry(new JarEntry(entry.getName()));
                copy.write(entry.getName().equals(CARD) ? edit(content, field, value) : content);
                copy.closeEntry();
            }
        }
        return new BindingJar(target);
    }

    private static byte[] edit(byte[] card, String field, String value) {
        return new String(card, StandardCharsets.UTF_8)
                .replaceFirst("(?m)^" + field + ":.*$", field + ": " + value)
                .getBytes(StandardCharsets.UTF_8);
    }
}
