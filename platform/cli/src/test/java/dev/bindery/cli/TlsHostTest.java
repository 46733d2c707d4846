package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsHostTest {
    private static final HeldCertificate SHOWN =
            new HeldCertificate.Builder().commonName("somebody else's name").build();

    @TempDir Path home;
    private FakeHost host;

    @BeforeEach
    void start() throws IOException {
        HandshakeCertificates server =
                new HandshakeCertificates.Builder().heldCertificate(SHOWN).build();
        host = new FakeHost(server).answers("GET /admin/v1/status", "{\"version\":\"9.8.7\"}");
        Files.createDirectory(home.resolve("state"));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void wroteDown(String... fingerprints) throws IOException {
        Files.writeString(
                home.resolve("state/running.json"),
                "{\"address\": \"%s\", \"certificates\": [\"%s\"]}"
                        .formatted(host.url(), String.join("\", \"", fingerprints)));
    }

    private static String fingerprint(HeldCertificate certificate) throws Exception {
        byte[] encoded = certificate.certificate().getEncoded();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    }

    private Run status(String... arguments) {
        return new Run.Place().with("BINDERY_HOME", home).run(arguments);
    }

    @Test
    void theCertificateThatTheHomesHostWroteDownIsTrustedWhateverNameItBears() throws Exception {
        wroteDown("00", fingerprint(SHOWN));
        assertThat(status("status").out()).contains("9.8.7");
        assertThat(status("status", "--url", host.url()).out()).contains("9.8.7");
    }

    @Test
    void anotherCertificateAtTheHostsAddressIsNot() throws Exception {
        wroteDown(fingerprint(new HeldCertificate.Builder().build()));
        Files.writeString(home.resolve("admin.token"), "a-secret");
        Run status = status("status");
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.err())
                .contains(
                        "No trusted connection to " + host.url(),
                        "shows another certificate than the host that runs on " + home);
        assertThat(host.asked()).isEmpty();
    }

    @Test
    void aHostElsewhereHasToBeTrustedByTheMachine() throws Exception {
        wroteDown(fingerprint(SHOWN));
        String elsewhere = host.url().replace("127.0.0.1", "localhost");
        Run status = status("status", "--url", elsewhere);
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.err())
                .contains("No trusted connection to " + elsewhere, "leave out --url");
        assertThat(host.asked()).isEmpty();
    }
}
