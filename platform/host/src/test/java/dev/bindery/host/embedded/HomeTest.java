package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.host.Host;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
    @TempDir Path home;

    private void refuses(String reason) {
        assertThatThrownBy(() -> EmbeddedHost.start(HostOptions.of(home)).close())
                .isInstanceOf(HostException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aSecondHostIsRefusedUntilTheFirstHasStopped() {
        Host first = EmbeddedHost.start(HostOptions.of(home));
        refuses("another host is running on " + home);
        first.close();
        EmbeddedHost.start(HostOptions.of(home)).close();
    }

    @Test
    void aHostOfAnotherProcessIsSeenToo() throws Exception {
        Path state = Files.createDirectories(home.resolve("state"));
        Path program =
                Files.writeString(
                        home.resolve("Holder.java"),
                        """
                        void main(String[] args) throws Exception {
                            var channel = java.nio.channels.FileChannel.open(java.nio.file.Path.of(args[0]),
                                java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE);
                            channel.lock();
                            System.out.println("locked");
                            System.in.read();
                        }
                        """);
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                program.toString(),
                                state.resolve("lock").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            refuses("another host is running on " + home);
        } finally {
            other.destroy();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        EmbeddedHost.start(HostOptions.of(home)).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"format\": 2, \"disabled\": [], \"masked\": [], \"implicit\": [], \"order\": []}",
                "{\"format\": 1, \"disabled\": [null], \"masked\": [], \"implicit\": [], \"order\": []}",
                "{\"format\": 1, \"disabled\": \"all\", \"masked\": [], \"implicit\": [], \"order\": []}"
            })
    void aCorruptStateIsRefusedAndLeftAsItIs(String text) throws IOException {
        Path state = Files.createDirectories(home.resolve("state")).resolve("host.json");
        Files.writeString(state, text);
        refuses("the state in " + state + " cannot be read: ");
        assertThat(state).hasContent(text);
        Files.delete(state);
        EmbeddedHost.start(HostOptions.of(home)).close();
    }

    @Test
    void aDropFolderThatOthersCanWriteToIsRefused() throws IOException {
        Path bindings = Files.createDirectories(home.resolve("bindings"));
        Files.setPosixFilePermissions(bindings, PosixFilePermissions.fromString("rwxrwxr-x"));
        refuses("others can write to " + bindings);
        refuses("chmod go-w " + bindings);
    }

    @Test
    void aHomeThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "x");
        assertThatThrownBy(() -> EmbeddedHost.start(HostOptions.of(file)))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("the home " + file + " cannot be used");
        assertThatThrownBy(() -> EmbeddedHost.start(HostOptions.of(file.resolve("below"))))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("give another with --home");
    }

    @Test
    void aHostThatIsClosedWhileABindingStartsBreaksTheStartOff() {
        BindingJar.of(
                        "slow",
                        "1.0.0",
                        """
                        public void start(BindingContext c) throws Exception { Thread.sleep(60_000); }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return null; }
                        """)
                .writeTo(bindings().resolve("slow.jar"));
        Host host = EmbeddedHost.start(HostOptions.of(home));
        assertThat(host.pending()).containsExactly("slow");
        host.close(Duration.ZERO);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("lifecycle-slow"))
                .allMatch(thread -> !thread.isAlive());
        EmbeddedHost.start(HostOptions.of(home)).close(Duration.ZERO);
    }

    private Path bindings() {
        try {
            return Files.createDirectories(home.resolve("bindings"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBrokenFileOfAnInstanceIsListedAndItsBindingDoesNotServeWithoutIt() throws IOException {
        Path file = Files.createDirectories(home.resolve("conf/instances")).resolve("hi.yaml");
        Files.writeString(file, "enabled: [");
        BindingJar.answering("hi", "1.0.0", "x").writeTo(bindings().resolve("hi.jar"));
        try (Host host = EmbeddedHost.start(HostOptions.of(home))) {
            host.awaitSettled();
            HostHome asked = new HostHome(host, home);
            assertThat(asked.instance("hi").reason()).contains("hi.yaml, line").contains("YAML");
            assertThatThrownBy(() -> asked.ask("hi/m")).hasMessageContaining("FAILED");
        }
    }
}
