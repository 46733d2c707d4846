package dev.bindery.server.keys;

import dev.bindery.server.files.FileState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * The file in which a home keeps its API keys, hashed, readable by its owner alone. Replaced as a
 * whole, so that a running host sees the old or the new keys. Several processes may change it: each
 * change takes a lock.
 */
public final class KeyFile {
    private final Path file;

    public KeyFile(Path file) {
        this.file = file;
    }

    FileState state() throws IOException {
        return FileState.of(file);
    }

    /**
     * The keys in it; none where there is no file.
     *
     * @throws IOException when it cannot be read or says something else; the message names it
     */
    public List<ApiKey> read() throws IOException {
        try {
            return KeyText.parse(text(), file);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (CharacterCodingException e) {
            throw KeyText.unfit(file, "it is no UTF-8", e);
        }
    }

    private String text() throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException | CharacterCodingException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("the API keys in %s cannot be read: %s".formatted(file, e), e);
        }
    }

    /**
     * Changes the keys and returns what the change returns.
     *
     * @param change gets a list of its own to change
     * @throws IOException when the file cannot be read or replaced; it is as it was then
     */
    public <T> T change(Function<List<ApiKey>, T> change) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a folder");
        Files.createDirectories(folder);
        Path lock = folder.resolve("." + file.getFileName() + ".lock");
        synchronized (KeyFile.class) {
            try (FileChannel channel =
                            FileChannel.open(
                                    lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                List<ApiKey> keys = new ArrayList<>(read());
                T result = change.apply(keys);
                replace(folder, KeyText.of(keys));
                return result;
            }
        }
    }

    private void replace(Path folder, byte[] text) throws IOException {
        Path written = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createFile(written, ownerOnly(folder));
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    written,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            force(folder);
        } catch (IOException e) {
            throw new IOException(
                    "the API keys cannot be written to %s: %s; nothing was changed"
                            .formatted(file, e),
                    e);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** A key that was revoked must not come back with the power. */
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Not every file system opens folders; the move itself is what it offers then.
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[] {};
    }
}
