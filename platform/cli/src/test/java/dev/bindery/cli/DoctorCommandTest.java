package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
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

    @Test
    void aPortThatIsTakenNeedsActionAndOneThatIsFreeDoesNot() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Run doctor =
                    withoutHost()
                            .with("BINDERY_PORT", taken.getLocalPort())
                            .run("doctor", "--json");
            assertThat(doctor.exit()).isEqualTo(1);
            assertThat(doctor.out())
                    .contains("a host could not listen on 127.0.0.1:" + taken.getLocalPort())
                    .contains(
                            OS.LINUX.isCurrentOs()
                                    ? "held by java (process %d)"
                                            .formatted(ProcessHandle.current().pid())
                                    : "")
                    .contains("stop what listens there, or choose another");
        }
        assertThat(withoutHost().run("doctor").out())
                .contains("fine     address: 127.0.0.1:0 is free to listen on")
                .contains("note     API keys: there are none: everybody on this machine");
    }

    @Test
    void noKeysOffLoopbackNeedActionAndKeysAreCounted() throws IOException {
        Run.Place place = withoutHost().with("BINDERY_HOST", "0.0.0.0");
        Run without = place.run("doctor");
        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.out())
                .contains("problem  API keys: there are none, and 0.0.0.0 can be reached");

        place.run("keys", "add", "ci");
        place.with("BINDERY_API_KEYS", "a=hunter2,b=hunter3");
        Run with = place.run("doctor");
        assertThat(with.out()).contains("fine     API keys: 3, 2 of them from the environment");
        assertThat(with.out()).doesNotContain("hunter");
    }

    @Test
    void aCertificateThatExpiresSoonOrIsNoneNeedsAction() throws IOException {
        long day = 86_400_000;
        Run fine = withCertificate(15 * day);
        assertThat(fine.exit()).as(fine.out()).isZero();
        assertThat(fine.out()).containsPattern("fine     certificate: CN=.*: it expires on 20");
        Run soon = withCertificate(13 * day);
        assertThat(soon.exit()).isEqualTo(1);
        assertThat(soon.out()).containsPattern("problem  certificate: CN=.*: it expires on 20");
        assertThat(withCertificate(-day).out())
                .containsPattern("problem  certificate: CN=.*: it expired on 20");

        Files.setPosixFilePermissions(
                folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(doctorOfCertificate().out())
                .contains("others than its owner can come at the key " + folder.resolve("key.pem"));
        Files.writeString(folder.resolve("key.pem"), "rubbish");
        assertThat(doctorOfCertificate().out())
                .contains("problem  certificate: " + folder.resolve("key.pem") + " holds no");
    }

    @Test
    void aFileOfSettingsThatIsWrongNeedsAction() throws IOException {
        Path conf = Files.createDirectory(folder.resolve("conf")).resolve("bindery.yaml");
        Files.writeString(conf, "prot: 1");
        Run doctor = withoutHost().run("doctor");
        assertThat(doctor.exit()).isEqualTo(1);
        assertThat(doctor.out())
                .contains("problem  settings: " + conf + ", line 1: prot: unknown field");
    }

    private Run withCertificate(long expiresInMillis) throws IOException {
        long now = System.currentTimeMillis();
        HeldCertificate certificate =
                new HeldCertificate.Builder()
                        .validityInterval(now - 100 * 86_400_000L, now + expiresInMillis)
                        .build();
        Files.writeString(folder.resolve("cert.pem"), certificate.certificatePem());
        Path key = Files.writeString(folder.resolve("key.pem"), certificate.privateKeyPkcs8Pem());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return doctorOfCertificate();
    }

    private Run doctorOfCertificate() throws IOException {
        return withoutHost()
                .with("BINDERY_TLS_CERT", folder.resolve("cert.pem"))
                .with("BINDERY_TLS_KEY", folder.resolve("key.pem"))
                .run("doctor");
    }

    private Run.Place withoutHost() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return new Run.Place()
                    .with("BINDERY_HOME", folder)
                    .with("BINDERY_PORT", 0)
                    .with("BINDERY_URL", "http://127.0.0.1:" + free.getLocalPort());
        }
    }
}
