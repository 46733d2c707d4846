package dev.bindery.distribution.sequence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jar of a {@link SequenceBinding}.
 *
 * @param id the binding's id
 * @param version its version
 * @param isolation {@code classloader} or {@code process}
 * @param swap {@code overlap} or {@code exclusive}
 */
public record SequenceJar(String id, String version, String isolation, String swap) {
    private static final List<Class<?>> CLASSES =
            List.of(SequenceBinding.class, Sequence.class, Origin.class);

    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            add(zip, "config.yaml", text(card()));
            add(
                    zip,
                    "META-INF/services/dev.bindery.api.LlmBinding",
                    text(SequenceBinding.class.getName()));
            for (Class<?> type : CLASSES) {
                String name = type.getName().replace('.', '/') + ".class";
                try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                    add(zip, name, in.readAllBytes());
                }
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Threads of both kinds are tried: an even version has virtual ones. */
    private String card() {
        boolean even = (version.charAt(version.length() - 1) - '0') % 2 == 0;
        return """
        id: %s
        name: Sequence
        author: Tests
        version: %s
        description: Answers what can be checked
        url: https://example.org
        license: Apache-2.0
        isolation: %s
        swap: %s
        threads: %s
        concurrency: 256
        settings:
          - {name: live, type: str, value: a}
          - {name: fresh, type: str, value: a}
        """
                .formatted(id, version, isolation, swap, even ? "virtual" : "platform");
    }
}
