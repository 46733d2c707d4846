package dev.bindery.cli.running;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** A file of this machine that may hold a model already, so that nobody has to fetch it. */
record ModelFile(Path file) {
    /**
     * Puts it where a model belongs: the same file by another name where the disk allows it, else a
     * copy.
     *
     * @param sha256 what the model's file must have
     * @return whether it is there now; not, where this is another file, or none
     * @throws IOException where it cannot be read or written
     */
    boolean placeAt(Path target, String sha256) throws IOException {
        if (!Files.isRegularFile(file) || !sha256().equals(sha256)) {
            return false;
        }
        Files.createDirectories(target.getParent());
        Path beside = target.resolveSibling("." + UUID.randomUUID());
        try {
            linkOrCopy(beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private void linkOrCopy(Path to) throws IOException {
        Path real = file.toRealPath();
        try {
            Files.createLink(to, real);
        } catch (IOException | UnsupportedOperationException _) {
            Files.copy(real, to);
        }
    }

    private String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digested =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
