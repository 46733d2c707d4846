package dev.bindery.host.document;

import dev.bindery.host.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces files so that a reader, or the next start after a crash, sees the old or the new whole.
 * An interrupt of the thread does not keep it from that.
 */
public final class AtomicFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Logger LOG = LoggerFactory.getLogger(AtomicFiles.class);
    private static final Pattern TEMPORARY = Pattern.compile("\\..*\\.[0-9a-f-]{36}\\.new");

    private AtomicFiles() {}

    public static void write(Path file, String text) throws IOException {
        write(file, text, false);
    }

    /** Like {@link #write}, readable by the owner alone where the file system knows owners. */
    public static void writeSecret(Path file, String text) throws IOException {
        write(file, text, true);
    }

    private static void write(Path file, String text, boolean secret) throws IOException {
        replace(
                file,
                temporary -> {
                    if (secret) {
                        ownerOnly(temporary);
                    }
                    force(temporary, text);
                });
    }

    /** Writes the new contents of a file, which is there and empty. */
    @FunctionalInterface
    private interface Contents {
        void writeTo(Path file) throws IOException;
    }

    private static void replace(Path file, Contents contents) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a folder");
        Files.createDirectories(folder);
        Uninterrupted.run(() -> replaceOnce(file, contents));
    }

    private static void replaceOnce(Path file, Contents contents) throws IOException {
        Path temporary = temporaryFor(file);
        try {
            Files.createFile(temporary);
            contents.writeTo(temporary);
            Checkpoint.FILE_WRITTEN.reachedOnDisk();
            move(temporary, file);
            Checkpoint.FILE_REPLACED.reached();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Replaces a file by a copy of another. The copy has a new time: it is another file. */
    public static void copy(Path source, Path file) throws IOException {
        replace(
                file,
                temporary -> {
                    Files.copy(source, temporary, StandardCopyOption.REPLACE_EXISTING);
                    try (FileChannel channel =
                            FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                });
    }

    /** A name beside a file for what will replace it. */
    public static Path temporaryFor(Path file) {
        return file.resolveSibling(".%s.%s.new".formatted(file.getFileName(), UUID.randomUUID()));
    }

    /** Puts a file in another's place, as a whole and durably. */
    public static void move(Path temporary, Path file) throws IOException {
        Files.move(
                temporary,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a folder"));
    }

    /** Removes what a process that was killed has left behind of this in a folder. */
    public static void sweep(Path folder) {
        try (var left = Files.newDirectoryStream(folder, AtomicFiles::isTemporary)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("{} is not swept: {}", folder, e.toString());
        }
    }

    private static boolean isTemporary(Path file) {
        return TEMPORARY.matcher(file.getFileName().toString()).matches();
    }

    private static void force(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Makes a rename durable; not every file system lets a folder be opened for that. */
    public static void forceFolder(Path folder) {
        try {
            Uninterrupted.run(() -> forceOpened(folder));
        } catch (IOException _) {
            // Windows has no such thing; the move itself is what it offers.
        }
    }

    private static void forceOpened(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void ownerOnly(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }
}
