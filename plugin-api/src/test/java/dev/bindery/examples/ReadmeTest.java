package dev.bindery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingContext;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.OperationType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the author's guide true: each of its blocks of code stands in a file that is compiled or
 * read by a test, and nothing of the contract is missing from its tables. A line {@code …} in a
 * block stands for lines left out.
 */
class ReadmeTest {
    private static final Pattern BLOCK =
            Pattern.compile("^```(java|yaml|xml)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final List<Path> SOURCES =
            List.of(
                    Path.of("src/test/java/dev/bindery/examples"),
                    Path.of("src/test/resources/dev/bindery/examples"),
                    Path.of("../platform/worker/src/test/resources/parrot"),
                    Path.of("../plugins/sdk/example"));

    @TestFactory
    List<DynamicTest> everyBlockStandsInAFileThatIsTested() throws IOException {
        List<List<String>> files = sources().map(ReadmeTest::lines).toList();
        List<String> blocks =
                BLOCK.matcher(readme()).results().map(match -> match.group(2)).toList();
        assertThat(blocks).hasSizeGreaterThan(8);
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(name(block), () -> isIn(files, block)))
                .toList();
    }

    @Test
    void everyMethodAuthorsMayOverrideIsInTheGuide() throws IOException {
        String readme = readme();
        for (Class<?> type : List.of(LlmBinding.class, BindingContext.class)) {
            assertThat(type.getDeclaredMethods())
                    .filteredOn(ReadmeTest::isForAuthors)
                    .extracting(Method::getName)
                    .allSatisfy(name -> assertThat(readme).contains("`" + name + "("));
        }
    }

    @Test
    void everyTypeOfOperationAndEveryErrorIsInTheGuide() throws IOException {
        String readme = readme();
        assertThat(OperationType.known())
                .allSatisfy(type ->
                        assertThat(readme).contains("| %d | `%s` |".formatted(type.code(), type)));
        assertThat(ErrorCode.known())
                .allSatisfy(code ->
                        assertThat(readme)
                                .contains("| `%s` | %d |".formatted(code, code.httpStatus())));
    }

    private static boolean isForAuthors(Method method) {
        return !Modifier.isPrivate(method.getModifiers())
                && !method.isSynthetic()
                && !method.getName().equals("attach");
    }

    private static void isIn(List<List<String>> files, String block) {
        List<String> wanted = stripped(block.lines().toList());
        assertThat(files)
                .as("no tested file has:%n%s", block)
                .anyMatch(file -> contains(file, wanted));
    }

    private static boolean contains(List<String> file, List<String> wanted) {
        int from = 0;
        for (List<String> part : parts(wanted)) {
            from = indexOf(file, part, from);
            if (from < 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the part ends in the file, at or after that line; -1 when it is not there. */
    private static int indexOf(List<String> file, List<String> part, int from) {
        for (int at = from; at + part.size() <= file.size(); at++) {
            if (stripped(file.subList(at, at + part.size())).equals(stripped(part))) {
                return at + part.size();
            }
        }
        return -1;
    }

    private static List<List<String>> parts(List<String> lines) {
        return Arrays.stream(String.join("\n", lines).split("\n(?: *// …| *# …| *<!-- … -->)\n"))
                .map(part -> part.lines().toList())
                .toList();
    }

    /** Without the indentation that all lines share. */
    private static List<String> stripped(List<String> lines) {
        return String.join("\n", lines).stripIndent().lines().toList();
    }

    private static String name(String block) {
        return block.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    }

    private static Stream<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : SOURCES) {
            try (Stream<Path> found = Files.walk(folder)) {
                found.filter(file -> file.toString().matches(".*\\.(java|yaml|xml)"))
                        .filter(file -> !file.toString().contains("target"))
                        .forEach(files::add);
            }
        }
        return files.stream();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
