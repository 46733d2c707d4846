package dev.bindery.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
    private static final HeldCertificate EC = new HeldCertificate.Builder().ecdsa256().build();
    private static final HeldCertificate RSA = new HeldCertificate.Builder().rsa2048().build();
    @TempDir Path folder;

    private TlsFiles files(String certificate, String key) throws IOException {
        return new TlsFiles(
                Files.writeString(folder.resolve("cert.pem"), certificate),
                Files.writeString(folder.resolve("key.pem"), key));
    }

    private void isRead(String certificate, String key) throws IOException {
        assertThat(ServerCertificate.read(files(certificate, key)).fingerprint())
                .matches("[0-9a-f]{64}");
    }

    private void isRefused(String certificate, String key, String... why) throws IOException {
        TlsFiles files = files(certificate, key);
        assertThatThrownBy(() -> ServerCertificate.read(files))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(why)
                .hasMessageNotContaining("null");
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
    }

    /** What PKCS#8 wraps, which is the last of its parts and of whatever follows none. */
    private static byte[] unwrapped(HeldCertificate held) {
        byte[] der = held.keyPair().getPrivate().getEncoded();
        for (int at = 0; ; at++) {
            if (der[at] == 0x04 && isTheRest(der, at)) {
                int start = at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
                return java.util.Arrays.copyOfRange(der, start, der.length);
            }
        }
    }

    private static boolean isTheRest(byte[] der, int at) {
        int first = der[at + 1];
        if (first >= 0) {
            return at + 2 + first == der.length;
        }
        int length = 0;
        int bytes = first & 0x7f;
        for (int i = 0; i < bytes && at + 2 + i < der.length; i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return at + 2 + bytes + length == der.length;
    }

    @Test
    void keysAreReadInEveryFormThatPeopleHaveThemIn() throws Exception {
        isRead(EC.certificatePem(), EC.privateKeyPkcs8Pem());
        isRead(RSA.certificatePem(), RSA.privateKeyPkcs8Pem());
        isRead(RSA.certificatePem(), RSA.privateKeyPkcs1Pem());
        isRead(EC.certificatePem(), pem("EC PRIVATE KEY", unwrapped(EC)));
        isRead(
                "Subject: a remark\n" + EC.certificatePem(),
                pem("EC PARAMETERS", new byte[] {6, 1, 1}) + EC.privateKeyPkcs8Pem());
        String both = EC.privateKeyPkcs8Pem() + EC.certificatePem();
        isRead(both, both);
        isRead(
                EC.certificatePem().replace("\n", "\r\n"),
                EC.privateKeyPkcs8Pem().replace("\n", "\r\n"));
    }

    @Test
    void whatKeytoolMakesOfTheKindEd25519IsRead() throws Exception {
        Keytool made = Keytool.make(folder, "Ed25519");
        isRead(
                pem("CERTIFICATE", made.certificate().getEncoded()),
                pem("PRIVATE KEY", made.key().getEncoded()));
    }

    @Test
    void anEncryptedKeyIsRefusedAndSoIsOneThatIsNotTheCertificates() throws Exception {
        byte[] any = {1, 2, 3};
        isRefused(
                EC.certificatePem(),
                pem("ENCRYPTED PRIVATE KEY", any),
                folder.resolve("key.pem") + " is encrypted, and there is nobody to ask",
                "openssl pkey -in ");
        isRefused(
                RSA.certificatePem(),
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAQID\n-----END RSA PRIVATE KEY-----\n",
                "is encrypted");
        isRefused(
                EC.certificatePem(),
                new HeldCertificate.Builder().build().privateKeyPkcs8Pem(),
                "the key in " + folder.resolve("key.pem"),
                "is not that of the certificate in " + folder.resolve("cert.pem"));
        isRefused(EC.certificatePem(), RSA.privateKeyPkcs8Pem(), "holds no EC key");
        isRefused(RSA.certificatePem(), pem("EC PRIVATE KEY", unwrapped(EC)), "holds no RSA key");
    }

    @Test
    void filesThatHoldSomethingElseAreRefusedWithWhatTheyHold() throws Exception {
        isRefused("", "", "cert.pem holds no certificate", "found nothing in PEM form");
        isRefused(
                EC.privateKeyPkcs8Pem(),
                EC.certificatePem(),
                "expected BEGIN CERTIFICATE, found PRIVATE KEY");
        isRefused(
                EC.certificatePem(),
                EC.certificatePem(),
                "key.pem holds no private key",
                "found CERTIFICATE");
        isRefused(pem("CERTIFICATE", new byte[] {1, 2}), "", "certificate 1 in ", "is damaged");
        isRefused(
                "-----BEGIN CERTIFICATE-----\n???\n-----END CERTIFICATE-----",
                "",
                "BEGIN CERTIFICATE is damaged: no base64");
        isRefused(EC.certificatePem(), pem("PRIVATE KEY", new byte[] {1}), "or a damaged one");
        isRefused("x".repeat(2 << 20), "", "has 2,097,152 bytes");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        TlsFiles nowhere = new TlsFiles(folder.resolve("a.pem"), folder.resolve("b.pem"));
        assertThatThrownBy(() -> ServerCertificate.read(nowhere))
                .hasMessage(
                        "%s, which is to hold the server's certificate, is not there",
                        folder.resolve("a.pem"));
    }

    @Test
    void aChainIsTheServersOwnFirstAndThenItsIssuers() throws Exception {
        HeldCertificate root = new HeldCertificate.Builder().certificateAuthority(1).build();
        HeldCertificate between =
                new HeldCertificate.Builder().certificateAuthority(0).signedBy(root).build();
        HeldCertificate own = new HeldCertificate.Builder().signedBy(between).build();
        String key = own.privateKeyPkcs8Pem();
        isRead(own.certificatePem() + between.certificatePem() + root.certificatePem(), key);
        isRefused(
                own.certificatePem() + root.certificatePem() + between.certificatePem(),
                key,
                "certificate 2 in ",
                "did not issue certificate 1; the server's own comes first");
    }

    @Test
    void changedFilesAreReadOnceTwoLooksAgree() throws Exception {
        ServerCertificate certificate =
                ServerCertificate.read(files(EC.certificatePem(), EC.privateKeyPkcs8Pem()));
        Heard heard = new Heard();
        certificate.tell(heard.pins::add);
        String before = certificate.fingerprint();
        certificate.look(heard);

        Files.writeString(folder.resolve("cert.pem"), RSA.certificatePem());
        certificate.look(heard);
        Files.writeString(folder.resolve("key.pem"), RSA.privateKeyPkcs1Pem());
        certificate.look(heard);
        assertThat(heard.said).isEmpty();
        assertThat(certificate.fingerprint()).isEqualTo(before);

        certificate.look(heard);
        certificate.look(heard);
        String after = certificate.fingerprint();
        assertThat(heard.said).singleElement().asString().startsWith("replaced: CN=");
        assertThat(heard.pins)
                .containsExactly(Set.of(before), Set.of(before, after), Set.of(after));
    }

    @Test
    void whatCannotBeShownIsToldOnceAndTheOneBeforeIsShownOn() throws Exception {
        ServerCertificate certificate =
                ServerCertificate.read(files(EC.certificatePem(), EC.privateKeyPkcs8Pem()));
        String before = certificate.fingerprint();
        Heard heard = new Heard();
        Files.writeString(folder.resolve("cert.pem"), "rubbish");
        for (int i = 0; i < 4; i++) {
            certificate.look(heard);
        }
        assertThat(heard.said)
                .singleElement()
                .asString()
                .contains("refused: ", "holds no certificate", "the one before is shown on");
        assertThat(certificate.fingerprint()).isEqualTo(before);
    }

    @Test
    void datesThatClientsWillObjectToAreTold() throws Exception {
        long now = System.currentTimeMillis();
        HeldCertificate old = new HeldCertificate.Builder().validityInterval(0, now - 1000).build();
        ServerCertificate expired =
                ServerCertificate.read(files(old.certificatePem(), old.privateKeyPkcs8Pem()));
        assertThat(expired.objection(Instant.now()).orElseThrow()).startsWith("it expired on 20");
        assertThat(expired.expires()).isBefore(Instant.now());

        HeldCertificate early =
                new HeldCertificate.Builder()
                        .validityInterval(now + 100_000_000, now + 200_000_000)
                        .build();
        assertThat(
                        ServerCertificate.read(
                                        files(early.certificatePem(), early.privateKeyPkcs8Pem()))
                                .objection(Instant.now())
                                .orElseThrow())
                .startsWith("it is not valid before 20");
        assertThat(
                        ServerCertificate.read(files(EC.certificatePem(), EC.privateKeyPkcs8Pem()))
                                .objection(Instant.now()))
                .isEmpty();
    }

    @Test
    void aKeyThatOthersCanReadIsExposed() throws Exception {
        TlsFiles files = files(EC.certificatePem(), EC.privateKeyPkcs8Pem());
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
        assertThat(files.isKeyExposed()).isFalse();
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(files.isKeyExposed()).isTrue();
    }

    @Test
    void noTextHoldsAKey() throws Exception {
        ServerCertificate certificate =
                ServerCertificate.read(files(EC.certificatePem(), EC.privateKeyPkcs8Pem()));
        String key = new String(Base64.getEncoder().encode(unwrapped(EC)), StandardCharsets.UTF_8);
        assertThat(certificate.toString()).contains("CN=").doesNotContain(key.substring(0, 20));
    }

    private static final class Heard implements CertificateListener {
        private final List<String> said = new ArrayList<>();
        private final List<Set<String>> pins = new ArrayList<>();

        @Override
        public void replaced(String message) {
            said.add("replaced: " + message);
        }

        @Override
        public void refused(String message) {
            said.add("refused: " + message);
        }
    }
}
