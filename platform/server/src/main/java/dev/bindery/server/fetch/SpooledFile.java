package dev.bindery.server.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is deleted when it is told so, or when nobody can read it any more. Thread-safe. */
final class SpooledFile {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Path file;
    private final Cleaner.Cleanable deletion;

    private SpooledFile(Path file) {
        this.file = file;
        this.deletion = CLEANER.register(this, () -> delete(file));
    }

    /**
     * @param folder where it goes; it is made when it is not there
     */
    static SpooledFile in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new SpooledFile(Files.createTempFile(folder, "fetched-", null));
    }

    OutputStream write() throws IOException {
        return Files.newOutputStream(file);
    }

    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    void delete() {
        deletion.clean();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // It lies in a cache, which the next start empties.
        }
    }
}
