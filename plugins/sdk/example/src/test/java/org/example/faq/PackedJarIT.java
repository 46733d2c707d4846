package org.example.faq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the parent POM packs. */
class PackedJarIT {
    @Test
    void theCardIsAtTheRootAndOwnLibrariesAreUnderLib() throws IOException {
        List<String> names = names();

        assertTrue(names.contains("config.yaml"), names::toString);
        assertTrue(names.contains("README.md"), names::toString);
        assertTrue(names.contains("META-INF/services/dev.bindery.api.LlmBinding"), names::toString);
        assertTrue(names.contains("org/example/faq/FaqBinding.class"), names::toString);
        assertEquals(
                List.of("lib/snakeyaml-2.7.jar"),
                names.stream().filter(name -> name.endsWith(".jar")).toList());
    }

    @Test
    void nothingOfTheHostIsInTheJar() throws IOException {
        assertEquals(
                List.of(),
                names().stream()
                        .filter(name -> name.startsWith("dev/") || name.startsWith("org/apiguardian"))
                        .toList());
    }

    private static List<String> names() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("bindery.jar"))) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }
}
