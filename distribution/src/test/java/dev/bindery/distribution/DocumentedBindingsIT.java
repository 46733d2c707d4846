package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the bindings says what is there. */
class DocumentedBindingsIT {
    private static final Path PLUGINS = Path.of("..", "plugins");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| \\[([a-z0-9]+)]\\(\\1/README\\.md\\)");
    private static final Pattern SHOWN_BY = Pattern.compile("`([a-z0-9]+)` `(\\w+Test)`");

    private final String readme;

    DocumentedBindingsIT() throws IOException {
        readme = Files.readString(PLUGINS.resolve("README.md"));
    }

    @Test
    void everyBindingOfTheDistributionHasARowAndNoOther() throws IOException {
        List<String> rows =
                ROW.matcher(readme).results().map(found -> found.group(1)).sorted().toList();
        try (Stream<Path> jars =
                Files.list(Path.of(System.getProperty("distribution"), "bindings"))) {
            assertThat(rows)
                    .containsExactlyElementsOf(
                            jars.map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", ""))
                                    .sorted()
                                    .toList());
        }
    }

    @Test
    void everyTestThatIsNamedIsThere() {
        List<MatchResult> named = SHOWN_BY.matcher(readme).results().toList();

        assertThat(named).isNotEmpty().allSatisfy(test -> assertThat(find(test)).isTrue());
    }

    private static boolean find(MatchResult test) throws IOException {
        try (Stream<Path> files =
                Files.walk(PLUGINS.resolve(test.group(1)).resolve("src/test/java"))) {
            return files.anyMatch(file -> file.endsWith(test.group(2) + ".java"));
        }
    }
}
