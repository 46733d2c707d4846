package dev.bindery.host.process;

import dev.bindery.api.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Blobs that children have answered with. They outlive the child: small ones lie in memory, others
 * in files that are deleted when nobody can read them any more. Thread-safe.
 */
final class BlobSpool {
    private static final int IN_MEMORY = 64 << 10;
    private static final Cleaner CLEANER = Cleaner.create();

    private final Path folder;

    /**
     * @param folder where the files go; it is made when it is needed
     */
    BlobSpool(Path folder) {
        this.folder = folder;
    }

    /**
     * Takes the bytes.
     *
     * @throws IOException when there are not that many, or they cannot be kept
     */
    Blob keep(String mediaType, long length, InputStream in) throws IOException {
        return length <= IN_MEMORY
                ? Blob.of(mediaType, whole(in.readNBytes((int) length), length))
                : spooled(mediaType, length, in);
    }

    private Blob spooled(String mediaType, long length, InputStream in) throws IOException {
        Files.createDirectories(folder);
        Spooled spooled = new Spooled(Files.createTempFile(folder, "blob-", null));
        try (OutputStream out = Files.newOutputStream(spooled.file)) {
            copy(in, out, length);
        }
        return Blob.of(mediaType, length, spooled::open);
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[IN_MEMORY];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw shorter();
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private static byte[] whole(byte[] bytes, long length) throws IOException {
        if (bytes.length < length) {
            throw shorter();
        }
        return bytes;
    }

    private static IOException shorter() {
        return new IOException("a blob that is shorter than was said");
    }

    /** A file that goes with the last reference to it. */
    private static final class Spooled {
        private final Path file;

        Spooled(Path file) {
            this.file = file;
            CLEANER.register(this, () -> delete(file));
        }

        InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException _) {
                // It lies in a cache, which the next start of the host empties.
            }
        }
    }
}
