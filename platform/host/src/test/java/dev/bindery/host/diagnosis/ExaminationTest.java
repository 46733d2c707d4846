package dev.bindery.host.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bindery.host.Finding;
import dev.bindery.host.Home;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.embedded.EmbeddedHost;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is found, and nothing else. */
class ExaminationTest {
    @TempDir Path folder;

    @Test
    void aHostInGoodOrderHasNoProblems() {
        try (Host host = EmbeddedHost.start(HostOptions.of(folder.resolve("home")))) {
            new HostHome(host, folder).install(BindingJar.answering("hi", "1.0.0", "x"));
            assertThat(host.examine())
                    .contains(Finding.fine("hi", "version 1.0.0 serves"))
                    .noneMatch(finding -> finding.weight() == Finding.Weight.PROBLEM);
        }
    }

    @Test
    void whatCameAlongAndNobodyHasConfiguredIsNoProblemWhereItServesNothing() throws IOException {
        Path bundled = Files.createDirectories(folder.resolve("bundled"));
        BindingJar.of(
                        "engine",
                        "1.0.0",
                        """
                        public List<String> listModels() { return List.of(); }
                        public Health health() { return Health.degraded("there is no model"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return null; }
                        """)
                .writeTo(bundled.resolve("engine.jar"));
        HostOptions options =
                new HostOptions(new Home(folder.resolve("home")), Optional.of(bundled), Map.of());
        try (Host host = EmbeddedHost.start(options)) {
            host.awaitSettled();
            Wait.until(
                    "it is noted",
                    () ->
                            host.examine().stream()
                                    .anyMatch(finding ->
                                            finding.subject().equals("engine")
                                                    && finding.message()
                                                            .contains("there is no model")
                                                    && finding.weight() == Finding.Weight.NOTE));
            assertThat(host.examine())
                    .noneMatch(finding -> finding.weight() == Finding.Weight.PROBLEM);
        }
    }

    @Test
    void whatDoesNotServeIsNamedWithItsReasonAndWhatToDo() throws IOException {
        try (Host host = EmbeddedHost.start(HostOptions.of(folder.resolve("home")))) {
            HostHome home = new HostHome(host, folder);
            home.install(
                    BindingJar.of(
                            "broken",
                            "1.0.0",
                            """
                            public void start(BindingContext c) { throw new IllegalStateException("no luck"); }
                            public List<String> listModels() { return List.of("m"); }
                            public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return null; }
                            """));
            home.install(
                    BindingJar.answering("keyed", "1.0.0", "x")
                            .text(
                                    "config.yaml",
                                    BindingJar.card(
                                            "keyed",
                                            "1.0.0",
                                            "settings: [{name: key, type: str, required: true}]")));
            Path letter = Files.writeString(host.home().bindings().resolve("letter.jar"), "Dear");
            Wait.until("it is listed", () -> host.bindings().find("letter").isPresent());

            assertThat(problem(host, "broken").message()).contains("FAILED", "no luck");
            assertThat(problem(host, "broken").advice()).contains("bindery reload broken");
            assertThat(problem(host, "keyed").message()).contains("key needs a value");
            assertThat(problem(host, "keyed").advice()).contains("bindery config keyed");
            assertThat(problem(host, "letter").advice()).contains(letter.toString());
            host.close(Duration.ZERO);
        }
    }

    private static Finding problem(Host host, String subject) {
        return host.examine().stream()
                .filter(finding -> finding.weight() == Finding.Weight.PROBLEM)
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aHomeThatOthersCanComeAtIsAProblem() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews())
                .as("only POSIX has these permissions")
                .contains("posix");
        Home home = new Home(folder);
        Path bindings = Files.createDirectories(home.bindings());
        Files.setPosixFilePermissions(bindings, PosixFilePermissions.fromString("rwxrwxr-x"));
        Path token = Files.writeString(home.adminToken(), "secret");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(home.cache(), "a file where a folder should be");

        List<String> advice = HomeExamination.of(home).stream().map(Finding::advice).toList();

        assertThat(advice)
                .contains("close it: chmod go-w " + bindings, "close it: chmod go-rwx " + token)
                .anyMatch(text -> text.contains("ls -ld " + home.cache()));
    }

    @Test
    void aHomeThatIsNotThereYetIsNoProblem() {
        assertThat(HomeExamination.of(new Home(folder.resolve("none"))))
                .noneMatch(finding -> finding.weight() == Finding.Weight.PROBLEM)
                .anyMatch(finding -> finding.message().contains("there is no home at"));
    }
}
