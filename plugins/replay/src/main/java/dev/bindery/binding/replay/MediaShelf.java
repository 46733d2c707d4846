package dev.bindery.binding.replay;

import dev.bindery.api.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Images, sounds and other files of recordings, each named by what is in it. */
record MediaShelf(Path folder) {
    private static final Map<String, String> ENDINGS =
            Map.of(
                    "image/png", "png",
                    "image/jpeg", "jpg",
                    "image/webp", "webp",
                    "image/gif", "gif",
                    "audio/mpeg", "mp3",
                    "audio/wav", "wav",
                    "application/pdf", "pdf");

    /** The name of such a file, whether or not it is there. */
    String name(Blob blob) {
        return hash(bytes(blob)) + "." + ENDINGS.getOrDefault(blob.mediaType(), "bin");
    }

    /** Keeps a file. */
    void keep(Blob blob) {
        try {
            Path file = folder.resolve(name(blob));
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                Path part = Files.createTempFile(folder, ".part", "");
                Files.write(part, bytes(blob));
                Files.move(
                        part,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that was kept. */
    Blob blob(String mediaType, String name) {
        if (!name.matches("[0-9a-f]{64}\\.[a-z0-9]{1,5}")) {
            throw new UnreadableException(
                    "media: found '%s', which is no name of a file".formatted(name));
        }
        try {
            return Blob.of(mediaType, folder.resolve(name));
        } catch (IOException e) {
            throw new UnreadableException(
                    "media: the file %s is missing".formatted(folder.resolve(name)));
        }
    }

    private static byte[] bytes(Blob blob) {
        try {
            return blob.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
