package dev.bindery.host.packages;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is being fetched: what there is of it, and the server's word for its version, by
 * which the rest can be asked for later.
 *
 * @param file its bytes so far
 * @param validator where the entity tag or date that they came with is kept
 */
record Partial(Path file, Path validator) {
    static Partial in(Path folder, String key) throws IOException {
        Files.createDirectories(folder);
        return new Partial(folder.resolve(key + ".part"), folder.resolve(key + ".version"));
    }

    long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    Optional<String> version() throws IOException {
        return Files.exists(validator)
                ? Optional.of(Files.readString(validator))
                : Optional.empty();
    }

    /** Begins anew with that version of the file. */
    OutputStream begin(Optional<String> version) throws IOException {
        delete();
        if (version.isPresent()) {
            Files.writeString(validator, version.get());
        }
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    }

    OutputStream append() throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.APPEND);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(validator);
    }

    /** Puts the whole file in its place, at once and for good. */
    void moveTo(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("no folder to put a file into: " + target);
        }
        Files.createDirectories(folder);
        sync(file);
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            moveAcross(folder, target);
        }
        syncFolder(folder);
        delete();
    }

    private void moveAcross(Path folder, Path target) throws IOException {
        Path beside = Files.createTempFile(folder, ".fetched-", ".part");
        try {
            Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
            sync(beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** So that the name survives a crash too; Windows has no such thing and needs none. */
    private static void syncFolder(Path folder) throws IOException {
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
