package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingTheHostTest {
    @TempDir Path home;
    private FakeHost host;

    @BeforeEach
    void start() throws IOException {
        host = new FakeHost().answers("GET /admin/v1/status", "{\"version\":\"9.8.7\"}");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void theRunningHostOfTheHomeIsFoundWithItsToken() throws IOException {
        Files.writeString(home.resolve("admin.token"), "a-secret\n");
        Files.createDirectory(home.resolve("state"));
        Files.writeString(
                home.resolve("state/running.json"),
                "{\"pid\": 1, \"address\": \"" + host.url() + "\"}");

        Run status = new Run.Place().run("status", "--home", home.toString());

        assertThat(status.out()).contains("9.8.7");
        assertThat(host.headerOf(0, "Authorization")).isEqualTo("Bearer a-secret");
    }

    @Test
    void aHomeThatIsNotThereIsSaid() {
        Run status = new Run.Place().run("status", "--home", home.resolve("gone").toString());

        assertThat(status.exit()).isEqualTo(2);
        assertThat(status.err()).contains("There is no folder " + home.resolve("gone"));
    }

    @Test
    void aServerThatIsNoHostIsSaid() {
        host.answers("GET /admin/v1/models", "<html>It works!</html>");

        Run models = new Run.Place().run("models", "--url", host.url());

        assertThat(models.exit()).isEqualTo(1);
        assertThat(models.err())
                .isEqualTo(
                        "bindery: " + host.url() + " answered, but not as a Bindery host does.\n");
    }

    @Test
    void theTokenOfTheEnvironmentComesBeforeThatOfTheHome() throws IOException {
        Files.writeString(home.resolve("admin.token"), "of-the-home");
        Path file = Files.writeString(home.resolve("elsewhere"), "of-the-file\n");
        Run.Place place =
                new Run.Place().with("BINDERY_HOME", home).with("BINDERY_URL", host.url());

        place.with("BINDERY_ADMIN_TOKEN_FILE", file).run("status");
        place.with("BINDERY_ADMIN_TOKEN", "of-the-variable").run("status");

        assertThat(host.headerOf(0, "Authorization")).isEqualTo("Bearer of-the-file");
        assertThat(host.headerOf(1, "Authorization")).isEqualTo("Bearer of-the-variable");
    }

    @Test
    void theTokenOfAHomeGoesToItsOwnHostAlone() throws IOException {
        Files.writeString(home.resolve("admin.token"), "a-secret");
        Run.Place place = new Run.Place().with("BINDERY_HOME", home);

        place.run("status", "--url", host.url());
        place.with("BINDERY_URL", host.url()).run("status");
        place.run("status", "--home", home.toString(), "--url", host.url());

        assertThat(host.headerOf(0, "Authorization")).isNull();
        assertThat(host.headerOf(1, "Authorization")).isNull();
        assertThat(host.headerOf(2, "Authorization")).isEqualTo("Bearer a-secret");
    }

    @Test
    void itsOwnHostMayBeCalledByAnotherNameOfThisMachine() throws IOException {
        Files.writeString(home.resolve("admin.token"), "a-secret");
        Files.createDirectory(home.resolve("state"));
        Files.writeString(
                home.resolve("state/running.json"), "{\"address\": \"" + host.url() + "\"}");

        new Run.Place()
                .with("BINDERY_HOME", home)
                .run("status", "--url", host.url().replace("127.0.0.1", "localhost"));

        assertThat(host.headerOf(0, "Authorization")).isEqualTo("Bearer a-secret");
    }

    @Test
    void withoutAHostItSaysHowToStartOne() throws IOException {
        String nowhere;
        try (ServerSocket socket = new ServerSocket(0)) {
            nowhere = "http://127.0.0.1:" + socket.getLocalPort();
        }

        Run status = new Run.Place().with("BINDERY_HOME", home).run("status", "--url", nowhere);

        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.err())
                .isEqualTo(
                        "bindery: No host is running at %s; start one with: bindery run\n"
                                .formatted(nowhere));
    }

    @Test
    void aTokenThatNoHeaderCarriesIsRefusedWithItsPlace() throws IOException {
        Path file = Files.writeString(home.resolve("admin.token"), "töpfern");
        Run.Place place = new Run.Place().with("BINDERY_HOME", home);

        Run status = place.run("status", "--home", home.toString(), "--url", host.url());
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.err())
                .contains(file.toString())
                .doesNotContain("pfern")
                .doesNotContain("fault of Bindery");
        assertThat(place.run("run", "--port", "0", "--no-model"))
                .satisfies(run -> assertThat(run.exit()).isEqualTo(1))
                .satisfies(run -> assertThat(run.err()).contains(file.toString()));
    }

    @Test
    void aTokenThatIsRefusedSaysWhereItWasLookedFor() {
        host.refuses("GET /admin/v1/status", 401, "unauthorized", "no");

        Run status = new Run.Place().with("BINDERY_HOME", home).run("status", "--url", host.url());

        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.err())
                .contains("That of " + home)
                .contains("--home")
                .contains("BINDERY_ADMIN_TOKEN");
    }

    @Test
    void whatIsNoBinderyHostIsNotMistakenForOne() {
        host.answers("GET /admin/v1/status", 502, "<html>Bad gateway</html>");

        Run status = new Run.Place().with("BINDERY_HOME", home).run("status", "--url", host.url());

        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.err()).contains("answered 502").contains("Is a Bindery host listening");
    }

    @Test
    void aWrongAddressSaysWhatOneLooksLike() {
        Run status = new Run.Place().with("BINDERY_HOME", home).run("status", "--url", "ftp://x y");

        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.err()).contains("ftp://x y").contains("http://127.0.0.1:9600");
    }
}
