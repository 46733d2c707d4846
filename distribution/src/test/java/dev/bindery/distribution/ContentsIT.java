package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is unpacked holds what a host needs, and nothing of how it was tested. */
class ContentsIT {
    @Test
    void noLibraryOfTestsComesAlong() throws IOException {
        List<String> libraries;
        try (Stream<Path> files = Files.list(Path.of(Command.DISTRIBUTION, "lib"))) {
            libraries = files.map(file -> file.getFileName().toString()).toList();
        }

        assertThat(libraries)
                .anyMatch(name -> name.startsWith("bindery-testkit-"))
                .noneMatch(name ->
                        name.matches(
                                "(junit|assertj|opentest4j|mockwebserver|archunit|jazzer|jmh|bindery-fixture).*"));
    }
}
