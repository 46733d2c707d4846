package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is unpacked holds what a host needs, and nothing of how it was tested. */
class ContentsIT {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    @Test
    void everyLinkOfItsDocumentsLeadsToAFileThatIsThere() throws IOException {
        Path folder = Path.of(Command.DISTRIBUTION);
        assertThat(folder.resolve("LICENSE")).isRegularFile();
        List<Path> documents;
        try (Stream<Path> files = Files.walk(folder)) {
            documents = files.filter(file -> file.toString().endsWith(".md")).toList();
        }
        assertThat(documents)
                .contains(folder.resolve("docs/plugin-api/README.md"))
                .allSatisfy(ContentsIT::leadsNowhereElse);
    }

    private static void leadsNowhereElse(Path document) throws IOException {
        String text = Files.readString(document).replaceAll("(?s)```.*?```|`[^`\n]*`", "");
        assertThat(LINK.matcher(text).results().map(link -> link.group(1)))
                .filteredOn(link -> !link.contains(":") && !link.startsWith("#"))
                .allSatisfy(link ->
                        assertThat(document.resolveSibling(link.replaceFirst("#.*", ""))).exists());
    }

    @Test
    void theSourcesOfWhatAuthorsUseLieBesideItsJars() {
        assertThat(List.of("bindery-plugin-api", "bindery-http", "bindery-testkit"))
                .allSatisfy(name -> {
                    Path artifact =
                            Path.of(Command.DISTRIBUTION, "repository", "dev", "bindery", name);
                    try (Stream<Path> files = Files.walk(artifact)) {
                        assertThat(files)
                                .anyMatch(file -> file.toString().endsWith("-sources.jar"));
                    }
                });
    }

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
