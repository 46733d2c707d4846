package dev.bindery.benchmarks.probe;

import dev.bindery.api.LlmBinding;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs a binding of this room as the jar that a host takes. */
public final class ProbeJar {
    private ProbeJar() {}

    /** Packs {@link ProbeBinding}. */
    public static void pack(Path target) throws IOException {
        pack(ProbeBinding.class, "/probe/config.yaml", target);
    }

    /** Packs {@link CountingBinding}. */
    public static void packCounting(Path target) throws IOException {
        pack(CountingBinding.class, "/probe/counting.yaml", target);
    }

    private static void pack(Class<? extends LlmBinding> binding, String card, Path target)
            throws IOException {
        String name = binding.getName();
        String file = name.replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(out)) {
            put(jar, "config.yaml", resource(card));
            put(jar, file, resource("/" + file));
            put(
                    jar,
                    "META-INF/services/dev.bindery.api.LlmBinding",
                    name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ProbeJar.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing from this module");
            }
            return in.readAllBytes();
        }
    }
}
