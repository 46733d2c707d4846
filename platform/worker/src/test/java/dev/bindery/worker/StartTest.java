package dev.bindery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Threads;
import dev.bindery.host.process.ChildCommand;
import dev.bindery.host.process.JvmCommand;
import dev.bindery.host.process.ProcessBinding;
import dev.bindery.host.process.ProcessLimits;
import dev.bindery.host.process.StagedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A child that does not start says why, in one error, and leaves nothing behind. */
@Timeout(120)
class StartTest {
    @TempDir Path folder;

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo hello; sleep 100 | printed something else than a handshake: hello",
                "printf '%040000d\\n'; sleep 100 | printed something else than a handshake: 000",
                "echo '{\"protocol\":99,\"port\":1}'; sleep 100 | version 99",
                "echo '{\"protocol\":1,\"port\":0}'; sleep 100 | port 0",
                "echo '{\"protocol\":1}'; sleep 100 | the field port is missing",
                "echo on purpose >&2; exit 5 | exit code 5",
                "echo on purpose >&2; exit 5 | on purpose",
                "kill -9 $$ | signal 9",
                "exec sleep 100 | no handshake within 1000 ms",
                "exec >&-; sleep 100 | no handshake",
                "exec cat /dev/zero | printed something else than a handshake",
            })
    void aHandshakeThatIsNoneIsSaidPlainly(String script, String said) {
        ProcessBinding binding = binding(_ -> List.of("/bin/sh", "-c", script));

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> binding.start(new Puppeteer(folder)))
                .withMessageStartingWith("the binding's process did not start: ")
                .withMessageContaining(said);
    }

    @Test
    void aCommandThatIsNotThereIsSaidPlainly() {
        ProcessBinding binding = binding(_ -> List.of("/nowhere/java"));

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> binding.start(new Puppeteer(folder)))
                .withMessageContaining("/nowhere/java");
    }

    @Test
    void aMachineWithoutTheMemoryForItsHeapIsSaidPlainly() {
        JvmCommand java = JvmCommand.ofThisHost("2g");
        ProcessBinding binding =
                new ProcessBinding(
                        scratch -> {
                            String line = String.join(" ", java.line(scratch));
                            return List.of("/bin/sh", "-c", "ulimit -v 1000000; exec " + line);
                        },
                        new StagedCode(folder.resolve("none.jar"), List.of(), Set.of()),
                        folder.resolve("scratch"),
                        limits(Duration.ofSeconds(30), Duration.ofSeconds(3)));

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> binding.start(new Puppeteer(folder)))
                .withMessageContaining("it ended before its handshake: exit code 1")
                .withMessageContaining("Could not reserve enough space");
    }

    @ParameterizedTest
    @CsvSource({
        "hang, TIMEOUT, did not finish start",
        "refuse, NOT_CONFIGURED, no colour of mine",
        "fail, INTERNAL, broken on purpose"
    })
    void aStartThatFailsIsTheCallersToHear(String colour, String code, String said)
            throws IOException {
        Path jar = PuppetJar.in(folder);
        ProcessBinding binding =
                new ProcessBinding(
                        JvmCommand.ofThisHost("64m"),
                        new StagedCode(jar, List.of(), Set.of()),
                        folder.resolve("scratch"),
                        limits(Duration.ofSeconds(30), Duration.ofSeconds(3)));

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> binding.start(new Puppeteer(folder, colour, Threads.PLATFORM)))
                .withMessageContaining(said)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.of(code)));
    }

    @Test
    void aJarThatHoldsNoBindingIsSaidPlainly() throws IOException {
        Path jar = folder.resolve("empty.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("config.yaml"));
        }
        ProcessBinding binding =
                new ProcessBinding(
                        JvmCommand.ofThisHost("64m"),
                        new StagedCode(jar, List.of(), Set.of()),
                        folder.resolve("scratch"),
                        ProcessLimits.DEFAULTS);

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> binding.start(new Puppeteer(folder)))
                .withMessageContaining(
                        "META-INF/services/dev.bindery.api.LlmBinding names 0 classes");
    }

    private ProcessBinding binding(ChildCommand command) {
        return new ProcessBinding(
                command,
                new StagedCode(folder.resolve("none.jar"), List.of(), Set.of()),
                folder.resolve("scratch"),
                limits(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    private static ProcessLimits limits(Duration handshake, Duration start) {
        return new ProcessLimits(
                handshake,
                start,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
    }
}
