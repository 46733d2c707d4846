package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    @TempDir Path folder;
    private Path home;
    private Path certificate;
    private Path key;

    @BeforeEach
    void write() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        replace(issued("first.test"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    }

    private static HeldCertificate issued(String name) {
        return new HeldCertificate.Builder()
                .signedBy(AUTHORITY)
                .commonName(name)
                .addSubjectAlternativeName(name)
                .addSubjectAlternativeName("127.0.0.1")
                .build();
    }

    private void replace(HeldCertificate next) throws IOException {
        replace(certificate, next.certificatePem());
        replace(key, next.privateKeyPkcs8Pem());
    }

    private void replace(Path file, String text) throws IOException {
        Path written = Files.writeString(folder.resolve("new"), text);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static HandshakeCertificates trusted() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(AUTHORITY.certificate())
                .build();
    }

    /** Whose certificate a new connection is shown. */
    private static String shown(LiveHost host) throws IOException {
        HandshakeCertificates trusted = trusted();
        OkHttpClient client =
                new OkHttpClient.Builder()
                        .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
                        .build();
        Request request = new Request.Builder().url(host.address() + "/healthz").build();
        try (Response response = client.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
            return response.handshake().peerPrincipal().getName();
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
    }

    @Test
    void commandsFindAndTrustTheHostOfTheirHomeAlsoAfterItsCertificateWasReplaced()
            throws Exception {
        try (LiveHost host =
                LiveHost.start(
                        home, "--tls-cert", certificate.toString(), "--tls-key", key.toString())) {
            assertThat(host.address()).startsWith("https://127.0.0.1:");
            assertThat(host.printed()).contains("Others than its owner can come at the key " + key);
            assertThat(shown(host)).isEqualTo("CN=first.test");
            assertThat(host.bindery("list").output()).containsPattern("(?m)^echo +\\S+ +ACTIVE");

            replace(issued("second.test"));
            Wait.until("the new one is shown", () -> shown(host).equals("CN=second.test"));
            assertThat(host.bindery("list").output()).containsPattern("(?m)^echo +\\S+ +ACTIVE");
            assertThat(host.bindery("logs", "--events").output())
                    .contains("certificate/REPLACED " + certificate + " CN=second.test");

            replace(key, "rubbish");
            Wait.until(
                    "it is refused",
                    () -> host.printed().contains("certificate/REFUSED " + certificate));
            assertThat(shown(host)).isEqualTo("CN=second.test");
            assertThat(host.stop()).isZero();
        }
    }

    @Test
    void aClientThatLeavesClosesTheProvidersConnection() throws Exception {
        try (LiveHost host =
                LiveHost.start(
                        home, "--tls-cert", certificate.toString(), "--tls-key", key.toString())) {
            for (boolean streamed : new boolean[] {true, false}) {
                for (boolean politely : new boolean[] {true, false}) {
                    leavesWhileTheProviderIsSilent(host, streamed, politely);
                }
            }
        }
    }

    private static void leavesWhileTheProviderIsSilent(
            LiveHost host, boolean streamed, boolean politely) throws Exception {
        try (SilentUpstream upstream = new SilentUpstream("")) {
            Command.Result configured =
                    host.bindery("config", "openai", "api_key=any", "base_url=" + upstream.url());
            assertThat(configured.exit()).as(configured.output()).isZero();
            String body =
                    "{\"model\":\"openai/big\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                            .formatted(streamed);
            String request =
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(body.length(), body);
            try (Socket client =
                    trusted()
                            .sslSocketFactory()
                            .createSocket(InetAddress.getLoopbackAddress(), host.port())) {
                client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                upstream.asked().get(30, TimeUnit.SECONDS);
                assertThat(upstream.left()).isNotDone();
                // with no time to linger, closing is a reset
                client.setSoLinger(!politely, 0);
            }
            upstream.left().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void theFileOfTheHomeSaysTheSame() throws Exception {
        Files.createDirectory(home.resolve("conf"));
        Files.writeString(
                home.resolve("conf/bindery.yaml"),
                "tls: {cert: ../../cert.pem, key: ../../key.pem}\nhost: localhost\n");
        try (LiveHost host = LiveHost.start(home)) {
            assertThat(shown(host)).isEqualTo("CN=first.test");
        }
        try (LiveHost inClear = LiveHost.start(home, "--no-tls")) {
            assertThat(inClear.address()).startsWith("http://");
        }
    }

    @Test
    void filesThatCannotBeUsedAreSaidPlainlyAndNoHostStarts() throws Exception {
        Command bindery = new Command(home);
        Command.Result alone = bindery.run("run", "--tls-cert", certificate.toString());
        assertThat(alone.exit()).isEqualTo(2);
        assertThat(alone.output()).contains("needs its key: give --tls-key FILE");

        replace(key, issued("other.test").privateKeyPkcs8Pem());
        Command.Result other =
                bindery.run(
                        "run", "--tls-cert", certificate.toString(), "--tls-key", key.toString());
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.output())
                .isEqualTo(
                        "bindery: the key in %s is not that of the certificate in %s\n"
                                .formatted(key, certificate));

        Path conf = Files.createDirectories(home.resolve("conf")).resolve("bindery.yaml");
        Files.writeString(conf, "port: 9600\nhosts: [a]\n");
        Command.Result unknown = bindery.run("run");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.output())
                .startsWith("bindery: " + conf + ", line 2: hosts: unknown field; allowed: host,");
    }
}
