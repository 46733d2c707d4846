package dev.bindery.host.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Signs jars with a key that the JDK's own tool makes. */
final class SignedJar {
    private static final String SECRET = "only-a-test";

    private SignedJar() {}

    static Path of(Path jar, Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore keys = KeyStore.getInstance(keyStore(folder).toFile(), SECRET.toCharArray());
        PrivateKey key = (PrivateKey) keys.getKey("signer", SECRET.toCharArray());
        CertPath path =
                CertificateFactory.getInstance("X.509")
                        .generateCertPath(List.of(keys.getCertificate("signer")));
        Path signed = folder.resolve("signed.jar");
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key, path).build().sign(in, out);
        }
        return signed;
    }

    private static Path keyStore(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/keytool",
                                "-genkeypair",
                                "-alias",
                                "signer",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=Tests",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                SECRET,
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        return store;
    }
}
