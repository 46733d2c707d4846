package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything public in the contract has a doc. The exceptions say nothing that is not said
 * elsewhere: setters of builders, and the constructors of records.
 */
class DocumentationTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/bindery/api");

    @TempDir private Path classes;

    @Test
    void everyPublicElementSaysWhatItIs() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of(
                        "-proc:none",
                        "-Xmaxwarns",
                        "10000",
                        "-Xdoclint:missing/public",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString());
        try (Stream<Path> sources = Files.list(SOURCES);
                StandardJavaFileManager files =
                        compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            compiler.getTask(
                            null,
                            files,
                            found,
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(sources.toList()))
                    .call();
        }

        assertThat(undocumented(found.getDiagnostics())).isEmpty();
    }

    private static List<String> undocumented(List<Diagnostic<? extends JavaFileObject>> diagnostics)
            throws IOException {
        List<String> missing = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics) {
            if (diagnostic.getMessage(Locale.ROOT).equals("no comment")) {
                Path file = Path.of(diagnostic.getSource().toUri());
                String line =
                        Files.readAllLines(file).get((int) diagnostic.getLineNumber() - 1).strip();
                if (!isSaidElsewhere(file, line, diagnostic.getPosition())) {
                    missing.add(file.getFileName() + ": " + line);
                }
            }
        }
        return missing;
    }

    private static boolean isSaidElsewhere(Path file, String line, long position)
            throws IOException {
        int builder = Files.readString(file).indexOf("static final class Builder");
        return (builder >= 0 && position > builder)
                || line.matches("public \\w+ \\{")
                || line.startsWith("@Override");
    }
}
