package dev.bindery.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.check.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The binding in Python, which knows the binding protocol only, is held to the contract, too. */
@Timeout(300)
class PythonBindingTest {
    private static final Path PARROT =
            Path.of("../../../platform/worker/src/test/resources/parrot");

    @TempDir Path folder;

    @Test
    void aBindingInAnotherLanguageKeepsTheContract() throws Exception {
        Assumptions.assumeTrue(
                isThere(), "python3 of version 3.10 or later is not on the PATH of this machine");
        BindingUnderTest parrot =
                BindingUnderTest.ofJar(jar())
                        .settings("key", "a-secret-of-the-tests")
                        .patience(Duration.ofSeconds(30))
                        .starts(2);

        Report report = Report.of(parrot, _ -> {});

        assertThat(report.entries())
                .filteredOn(entry -> entry.outcome().verdict() == Verdict.FAILED)
                .isEmpty();
        assertThat(report.count(Verdict.PASSED)).isGreaterThan(25);
    }

    private static boolean isThere() throws IOException, InterruptedException {
        try {
            Process python =
                    new ProcessBuilder(
                                    "python3",
                                    "-c",
                                    "import sys; sys.exit(sys.version_info < (3, 10))")
                            .start();
            return python.waitFor(30, TimeUnit.SECONDS) && python.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("parrot.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name :
                    List.of("config.yaml", "program/parrot.py", "program/binding_protocol.py")) {
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(PARROT.resolve(name), zip);
                zip.closeEntry();
            }
        }
        return jar;
    }
}
