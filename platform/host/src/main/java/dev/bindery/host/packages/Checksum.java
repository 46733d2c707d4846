package dev.bindery.host.packages;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The sha256 of files. */
final class Checksum {
    private static final int BUFFER = 1 << 16;

    private Checksum() {}

    /**
     * @throws BindingException UPSTREAM_ERROR with both checksums when the file's differs
     */
    static void check(Path file, @Nullable String expected, String what, Work work)
            throws IOException {
        if (expected == null) {
            return;
        }
        String found = of(file, work);
        if (!found.equals(expected)) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "%s has another content than expected: its sha256 is %s, expected %s"
                            .formatted(what, found, expected));
        }
    }

    static String of(Path file, Work work) throws IOException {
        MessageDigest digest = sha256();
        OptionalLong size = OptionalLong.of(Files.size(file));
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                done += n;
                work.report("checking", done, size);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
