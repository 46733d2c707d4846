package dev.bindery.host.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Holds a signed jar to its signature. It tells that nothing was changed since; whose signature it
 * is, and whether there was one before, it does not tell.
 */
final class SignatureCheck {
    private SignatureCheck() {}

    /** Whether an entry of that name makes a jar a signed one. */
    static boolean isSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/") && upper.endsWith(".SF") && upper.indexOf('/', 9) < 0;
    }

    /**
     * @throws RefusedJarException when an entry is not what was signed
     */
    static void check(Path jar) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (JarFile signed = new JarFile(jar.toFile(), true)) {
            for (var entries = signed.entries(); entries.hasMoreElements(); ) {
                check(signed, entries.nextElement(), buffer);
            }
        } catch (SecurityException e) {
            throw new RefusedJarException(
                    "its signature is not right: %s; it was changed after it was signed"
                            .formatted(e.getMessage()));
        }
    }

    private static void check(JarFile signed, JarEntry entry, byte[] buffer) throws IOException {
        try (InputStream in = signed.getInputStream(entry)) {
            int read = in.read(buffer);
            while (read >= 0) {
                read = in.read(buffer);
            }
        }
        boolean needsSigner = !entry.isDirectory() && !entry.getName().startsWith("META-INF/");
        if (needsSigner && entry.getCodeSigners() == null) {
            throw new RefusedJarException(
                    "it is signed, but its entry `%s` is not covered by the signature; sign the whole jar again"
                            .formatted(entry.getName()));
        }
    }
}
