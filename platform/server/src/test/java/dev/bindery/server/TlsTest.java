package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.FinishReason;
import dev.bindery.api.Operation;
import dev.bindery.host.Event;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TlsTest {
    private static final String TOKEN = "Authorization: Bearer " + Served.TOKEN;
    @TempDir Path folder;
    private TestCertificate certificate;
    private Served served;

    @BeforeEach
    void start() throws Exception {
        certificate = TestCertificate.issued("bindery.test").into(folder);
        served = certificate.served(options -> options);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void everyApiIsReachedAndTheAddressSaysSo() throws Exception {
        assertThat(served.url()).startsWith("https://127.0.0.1:");
        assertThat(served.get("/healthz").status()).isEqualTo(200);
        assertThat(served.get("/readyz").status()).isEqualTo(200);
        assertThat(served.get("/metrics").status()).isEqualTo(200);
        assertThat(served.get("/api/version").status()).isEqualTo(200);
        assertThat(served.get("/admin/v1/status", TOKEN).status()).isEqualTo(200);
        served.router.serve(
                "fake/model",
                List.of(Operation.chunk("over"), Operation.chunk(" TLS")),
                FinishReason.STOP);
        assertThat(
                        json(served.chat("fake/model", "Hello"))
                                .at("/choices/0/message/content")
                                .asString())
                .isEqualTo("over TLS");
    }

    @Test
    void clientsThatOfferHttp2GetItAndTheOthersHttp1() throws Exception {
        assertThat(protocol()).isEqualTo(Protocol.HTTP_2);
        assertThat(protocol(Protocol.HTTP_1_1)).isEqualTo(Protocol.HTTP_1_1);
    }

    private Protocol protocol(Protocol... offered) throws IOException {
        try (Http2Client client = new Http2Client(certificate.clients(), offered);
                Response response = client.get(served.url() + "/v1/models")) {
            assertThat(response.code()).isEqualTo(200);
            return response.protocol();
        }
    }

    @Test
    void whoDoesNotTrustTheCertificateIsNotServedAndWhoSpeaksInClearNeither() throws Exception {
        HandshakeCertificates strangers = TestCertificate.of("else").clients();
        try (Http2Client client = new Http2Client(strangers)) {
            assertThatThrownBy(() -> client.get(served.url() + "/healthz"))
                    .isInstanceOf(SSLException.class);
        }
        try (Socket socket =
                        new Socket(
                                served.server().address().getAddress(),
                                served.server().address().getPort());
                RawHttp clear = new RawHttp(socket)) {
            clear.get("/healthz");
            assertThatThrownBy(clear::begin).isInstanceOf(Exception.class);
        }
        assertThat(served.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void theCookieOfASessionIsForTlsAlone() throws Exception {
        String path = json(served.post("/admin/v1/login", "", TOKEN)).get("path").stringValue();
        assertThat(served.get(path).header("Set-Cookie"))
                .endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    void theDoctorLooksAtTheCertificate() throws Exception {
        JsonNode findings = json(served.get("/admin/v1/doctor", TOKEN)).get("findings");
        assertThat(findings.toString())
                .contains(
                        "listens on https://127.0.0.1:",
                        "CN=bindery.test of " + certificate.files().certificate())
                .contains("renew it");
    }

    @Test
    void aPageInClearIsNotTheServersOwn() throws Exception {
        String host = "Host: localhost:9600";
        assertThat(served.get("/v1/models", host, "Origin: https://localhost:9600").status())
                .isEqualTo(200);
        assertThat(served.get("/v1/models", host, "Origin: http://localhost:9600").status())
                .isEqualTo(403);
    }

    @Test
    void anotherCertificateIsShownOnceItsFilesHaveChangedAndConnectionsGoOn() throws Exception {
        try (RawHttp before = served.connect()) {
            assertThat(before.get("/healthz").answer().status()).isEqualTo(200);
            TestCertificate next =
                    new TestCertificate(
                                    TestCertificate.named("next.test")
                                            .signedBy(certificate.issuers().getFirst())
                                            .build(),
                                    certificate.issuers(),
                                    certificate.files())
                            .into(folder);
            assertThat(event("certificate/REPLACED"))
                    .contains("CN=next.test is shown from now on; it expires on ");
            assertThat(shown()).isEqualTo(next.own().certificate());
            assertThat(before.get("/healthz").answer().status()).isEqualTo(200);
        }
        assertThat(served.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void aKeyThatDoesNotBelongLeavesTheOldPairServingAndIsToldOnce() throws Exception {
        X509Certificate shown = shown();
        Path key = certificate.files().key();
        TestCertificate.replace(key, TestCertificate.named("else").build().privateKeyPkcs8Pem());
        assertThat(event("certificate/REFUSED"))
                .startsWith("the key in " + key + " is not that of the certificate in ")
                .contains("; the one before is shown on, and expires ");
        assertThat(shown()).isEqualTo(shown);

        Files.delete(key);
        assertThat(event("certificate/REFUSED", 2))
                .contains(key + ", which is to hold the certificate's key, is not there");
        assertThat(shown()).isEqualTo(shown);

        HeldCertificate repaired = TestCertificate.named("repaired").build();
        TestCertificate.replace(certificate.files().certificate(), repaired.certificatePem());
        TestCertificate.replace(key, repaired.privateKeyPkcs8Pem());
        event("certificate/REPLACED");
        assertThat(shown()).isEqualTo(repaired.certificate());
        assertThat(events("certificate/REFUSED")).hasSize(2);
    }

    /** Without judging it: what the server shows to a new connection. */
    private X509Certificate shown() throws Exception {
        HandshakeCertificates any =
                new HandshakeCertificates.Builder()
                        .addInsecureHost("127.0.0.1")
                        .addInsecureHost("localhost")
                        .build();
        try (SSLSocket socket =
                (SSLSocket)
                        any.sslSocketFactory()
                                .createSocket("127.0.0.1", served.server().address().getPort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private String event(String topic) throws InterruptedException {
        return event(topic, 1);
    }

    private String event(String topic, int number) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (events(topic).size() < number) {
            assertThat(Instant.now()).as("an event " + topic).isBefore(deadline);
            Thread.sleep(20);
        }
        return events(topic).get(number - 1).message();
    }

    private List<Event> events(String topic) {
        return served.host.after(0).stream().filter(event -> event.topic().equals(topic)).toList();
    }
}
