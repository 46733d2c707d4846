package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private static final String REPORT =
            """
            {"problems":1,"findings":[
              {"weight":"fine","subject":"echo","message":"version 0.1.0 serves","advice":""},
              {"weight":"problem","subject":"openai","message":"NEEDS_CONFIGURATION: api_key needs a value",
               "advice":"give it: bindery config openai"}]}
            """;

    @TempDir Path folder;

    @Test
    void aRunningHostIsAskedAndAProblemIsExitCodeOne() throws IOException {
        try (FakeHost host = new FakeHost().answers("GET /admin/v1/doctor", REPORT)) {
            Run.Place place =
                    new Run.Place().with("BINDERY_HOME", folder).with("BINDERY_URL", host.url());
            Run doctor = place.run("doctor");
            assertThat(doctor.exit()).isEqualTo(1);
            assertThat(doctor.out())
                    .isEqualTo(
                            """
                            fine     echo: version 0.1.0 serves
                            problem  openai: NEEDS_CONFIGURATION: api_key needs a value
                                       give it: bindery config openai
                            One thing needs action.
                            """);
            assertThat(place.run("doctor", "--json").out()).contains("\"problems\" : 1");
        }
    }

    @Test
    void whereNoHostRunsItsHomeIsLookedAt() throws IOException {
        Run doctor = withoutHost().run("doctor");
        assertThat(doctor.exit()).as(doctor.out()).isZero();
        assertThat(doctor.out())
                .contains(
                        "No host is running at ", "are free on the disk", "Nothing needs action.");
    }

    @Test
    void aDropFolderThatOthersCanWriteToNeedsAction() throws IOException {
        Path bindings = Files.createDirectories(folder.resolve("bindings"));
        Files.setPosixFilePermissions(bindings, PosixFilePermissions.fromString("rwxrwxrwx"));
        Run doctor = withoutHost().run("doctor", "--json");
        assertThat(doctor.exit()).isEqualTo(1);
        assertThat(doctor.out()).contains("chmod go-w " + bindings);
    }

    private Run.Place withoutHost() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return new Run.Place()
                    .with("BINDERY_HOME", folder)
                    .with("BINDERY_URL", "http://127.0.0.1:" + free.getLocalPort());
        }
    }
}
