package dev.bindery.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A certificate with its key. Made by {@link #read} alone, which sees to it that they belong
 * together.
 *
 * @param chain the server's own certificate, then those that issued it, each the one before
 */
record TlsPair(List<X509Certificate> chain, PrivateKey key) {
    private static final Set<String> CERTIFICATE = Set.of("CERTIFICATE", "X509 CERTIFICATE");

    /**
     * @throws IOException when the files do not hold what they should; the message names the file
     *     and can be shown as it is
     */
    static TlsPair read(TlsFiles files) throws IOException {
        List<X509Certificate> chain = chain(files.certificate());
        PublicKey certified = chain.getFirst().getPublicKey();
        String signing = signing(files.certificate(), certified);
        PrivateKey key = PemKey.of(files.key(), certified);
        if (!belongs(key, certified, signing)) {
            throw new IOException(
                    "the key in %s is not that of the certificate in %s"
                            .formatted(files.key(), files.certificate()));
        }
        return new TlsPair(chain, key);
    }

    X509Certificate own() {
        return chain.getFirst();
    }

    /** By which it is told from every other, whoever it says it is. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(own().getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256, and it was read encoded", e);
        }
    }

    static List<X509Certificate> chain(Path file) throws IOException {
        List<PemBlock> blocks = PemBlock.of(file, "the server's certificate");
        List<X509Certificate> chain = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (CERTIFICATE.contains(block.kind())) {
                chain.add(certificate(file, block, chain.size() + 1));
            }
        }
        if (chain.isEmpty()) {
            throw new IOException(
                    "%s holds no certificate; expected BEGIN CERTIFICATE, found %s"
                            .formatted(file, PemBlock.kinds(blocks)));
        }
        checkOrder(file, chain);
        return List.copyOf(chain);
    }

    private static X509Certificate certificate(Path file, PemBlock block, int number)
            throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException e) {
            throw new IOException("certificate %d in %s is damaged".formatted(number, file), e);
        }
    }

    private static void checkOrder(Path file, List<X509Certificate> chain) throws IOException {
        for (int i = 1; i < chain.size(); i++) {
            if (!issued(chain.get(i), chain.get(i - 1))) {
                throw new IOException(
                        ("certificate %d in %s did not issue certificate %d; the server's own comes"
                                        + " first, then the one that issued it, and so on")
                                .formatted(i + 1, file, i));
            }
        }
    }

    private static boolean issued(X509Certificate issuer, X509Certificate issued) {
        try {
            issued.verify(issuer.getPublicKey());
            return issued.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static String signing(Path file, PublicKey certified) throws IOException {
        return switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default ->
                    throw new IOException(
                            "the certificate in %s is for a key of the kind %s; RSA, EC and EdDSA are supported"
                                    .formatted(file, certified.getAlgorithm()));
        };
    }

    private static boolean belongs(PrivateKey key, PublicKey certified, String signing) {
        byte[] sample = "bindery".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(signing);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "TlsPair[" + own().getSubjectX500Principal() + "]";
    }
}
