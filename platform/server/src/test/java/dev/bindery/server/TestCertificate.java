package dev.bindery.server;

import dev.bindery.server.options.ServerOptions;
import dev.bindery.server.tls.ServerCertificate;
import dev.bindery.server.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate of the test's own, those that issued it, and clients that trust these. */
record TestCertificate(HeldCertificate own, List<HeldCertificate> issuers, TlsFiles files) {
    private static final TlsFiles NOWHERE = new TlsFiles(Path.of("none"), Path.of("none"));

    /** One for a name and for this machine's address, that nobody issued but itself. */
    static TestCertificate of(String name) {
        return new TestCertificate(named(name).build(), List.of(), NOWHERE);
    }

    /** One that an authority issued through another. */
    static TestCertificate issued(String name) {
        HeldCertificate root =
                new HeldCertificate.Builder().commonName("root").certificateAuthority(1).build();
        HeldCertificate between =
                new HeldCertificate.Builder()
                        .commonName("between")
                        .certificateAuthority(0)
                        .signedBy(root)
                        .build();
        HeldCertificate own = named(name).signedBy(between).build();
        return new TestCertificate(own, List.of(between, root), NOWHERE);
    }

    static HeldCertificate.Builder named(String name) {
        return new HeldCertificate.Builder()
                .commonName(name)
                .addSubjectAlternativeName(name)
                .addSubjectAlternativeName(InetAddress.getLoopbackAddress().getHostAddress());
    }

    /** Writes both files, as what replaces certificates does: whole ones over the old. */
    TestCertificate into(Path folder) throws IOException {
        StringBuilder chain = new StringBuilder(own.certificatePem());
        issuers.stream().limit(1).forEach(issuer -> chain.append(issuer.certificatePem()));
        TlsFiles written = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        replace(written.certificate(), chain.toString());
        replace(written.key(), own.privateKeyPkcs8Pem());
        return new TestCertificate(own, issuers, written);
    }

    static void replace(Path file, String text) throws IOException {
        Path written = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A server that shows it, and its clients. */
    Served served(UnaryOperator<ServerOptions.Builder> options) throws IOException {
        ServerCertificate certificate = ServerCertificate.read(files);
        return new Served(builder -> options.apply(builder.certificate(certificate)), context());
    }

    /** What its clients trust: the authority, or this one where there is none. */
    HandshakeCertificates clients() {
        List<HeldCertificate> all = new ArrayList<>(List.of(own));
        all.addAll(issuers);
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(all.getLast().certificate())
                .build();
    }

    SSLContext context() {
        return clients().sslContext();
    }
}
