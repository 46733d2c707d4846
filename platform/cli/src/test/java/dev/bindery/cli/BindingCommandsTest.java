package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindingCommandsTest {
    private static final String UPLOAD = "POST /admin/v1/bindings?file=my%20own.jar";

    @TempDir Path home;
    private FakeHost host;
    private Run.Place place;

    @BeforeEach
    void start() throws IOException {
        host = new FakeHost();
        place = new Run.Place().with("BINDERY_HOME", home).with("BINDERY_URL", host.url());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void aJarIsSentUnderItsName() throws IOException {
        Path jar = Files.writeString(home.resolve("my own.jar"), "the bytes");
        host.answers(UPLOAD, "{\"id\":\"own\",\"version\":\"1.2.3\",\"state\":\"ACTIVE\"}");

        Run install = place.run("install", jar.toString());

        assertThat(install.exit()).isZero();
        assertThat(install.out()).isEqualTo("Installed own 1.2.3: ACTIVE\n");
        assertThat(host.asked()).containsExactly(UPLOAD);
        assertThat(host.bodyOf(0)).isEqualTo("the bytes");
    }

    @Test
    void aJarThatDoesNotComeToServeIsAFailureWithItsReason() throws IOException {
        Path jar = Files.writeString(home.resolve("my own.jar"), "no zip");
        host.answers(UPLOAD, "{\"id\":\"own\",\"state\":\"FAILED\",\"reason\":\"It is no zip.\"}");

        Run install = place.run("install", jar.toString());

        assertThat(install.exit()).isEqualTo(1);
        assertThat(install.out()).isEmpty();
        assertThat(install.err()).isEqualTo("bindery: own: FAILED: It is no zip.\n");
    }

    @Test
    void aJarThatIsRefusedWhileAnotherServesOnIsAFailure() throws IOException {
        Path jar = Files.writeString(home.resolve("my own.jar"), "the bytes");
        host.answers(
                UPLOAD,
                "{\"id\":\"own\",\"version\":\"1.1.0\",\"state\":\"ACTIVE\",\"current\":false,\"reason\":\"version 1.2.0 was refused\"}");

        Run install = place.run("install", jar.toString());

        assertThat(install.exit()).isEqualTo(1);
        assertThat(install.out()).isEmpty();
        assertThat(install.err())
                .isEqualTo("bindery: own was not replaced: version 1.2.0 was refused\n");
    }

    @Test
    void aFileThatIsNotThereStopsAllBeforeAnythingIsSent() throws IOException {
        Path jar = Files.writeString(home.resolve("my own.jar"), "the bytes");

        Run install = place.run("install", jar.toString(), "missing.jar");

        assertThat(install.exit()).isEqualTo(2);
        assertThat(install.err())
                .contains("missing.jar is not a file")
                .contains("Nothing has been installed.");
        assertThat(host.asked()).isEmpty();
    }

    @Test
    void anAddressIsQuotedAsItWasWrittenAndNotFetched() {
        Run install = place.run("install", "http://127.0.0.1:1/a//b.jar");

        assertThat(install.exit()).isEqualTo(2);
        assertThat(install.err())
                .isEqualTo(
                        "bindery: http://127.0.0.1:1/a//b.jar is an address; install takes files of this machine, so fetch it first.\n");
    }

    @Test
    void eachBindingIsChangedAndSaidHowItStands() {
        for (String id : new String[] {"a", "b"}) {
            host.answers(
                    "POST /admin/v1/bindings/" + id + "/disable",
                    "{\"id\":\"" + id + "\",\"state\":\"DISABLED\"}");
        }

        assertThat(place.run("disable", "a", "b").out()).isEqualTo("a: DISABLED\nb: DISABLED\n");
    }

    @Test
    void aReloadThatFailsIsAFailure() {
        host.answers(
                "POST /admin/v1/bindings/a/reload",
                "{\"id\":\"a\",\"state\":\"FAILED\",\"reason\":\"start took too long\"}");

        Run reload = place.run("reload", "a");

        assertThat(reload.exit()).isEqualTo(1);
        assertThat(reload.err()).isEqualTo("bindery: a: FAILED: start took too long\n");
    }

    @Test
    void anUninstalledBindingIsSaidToBeSo() {
        host.answers("DELETE /admin/v1/bindings/a", 204, "");

        assertThat(place.run("uninstall", "a").out()).isEqualTo("a: uninstalled\n");
    }

    @Test
    void aBindingGoesBackToTheVersionBefore() {
        host.answers("POST /admin/v1/bindings/a/rollback", "{\"id\":\"a\",\"state\":\"ACTIVE\"}");

        assertThat(place.run("rollback", "a").out()).isEqualTo("a: ACTIVE\n");
    }

    @Test
    void theTimeOfCallsInFlightIsGivenOrNone() {
        host.answers("DELETE /admin/v1/bindings/a?drain_s=0", 204, "");
        host.answers(
                "POST /admin/v1/bindings/a/disable?drain_s=7",
                "{\"id\":\"a\",\"state\":\"DISABLED\"}");

        assertThat(place.run("uninstall", "--now", "a").exit()).isZero();
        assertThat(place.run("disable", "--drain", "7", "a").exit()).isZero();
        assertThat(place.run("disable", "--drain", "7", "--now", "a").exit()).isEqualTo(2);
    }
}
