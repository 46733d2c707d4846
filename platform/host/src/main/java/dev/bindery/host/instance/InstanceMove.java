package dev.bindery.host.instance;

import dev.bindery.host.HostException;
import dev.bindery.host.checkpoint.Checkpoint;
import dev.bindery.host.document.AtomicFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what an instance has on disk to another name: data folder, secrets, file. Each step is
 * whole, and does nothing where it was done before, so that a move that was broken off can be done
 * once more from its beginning.
 */
public final class InstanceMove {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceMove.class);

    private final Path instances;
    private final Path secrets;
    private final Path data;

    /**
     * @param secretFolder the home's, for all secrets
     */
    public InstanceMove(Path instances, Path secretFolder, Path data) {
        this.instances = instances;
        this.secrets = secretFolder.resolve("instances");
        this.data = data;
    }

    /**
     * Makes sure that nothing lies where an instance is to be moved.
     *
     * @throws HostException for a folder that another instance of that name has left behind
     */
    public void clear(String to) throws IOException {
        Path left = data.resolve(to);
        unlink(to);
        if (Files.exists(left, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(left)) {
            throw new HostException(
                    HostException.Kind.CONFLICT,
                    "%s still holds what another instance of the name %s has left; move it away, or take another name"
                            .formatted(left, to));
        }
        // Secrets that a removed file of this name has left behind are no other instance's.
        Files.deleteIfExists(secrets.resolve(to + ".yaml"));
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Moves all of it; who has the old data folder open still finds it under both names. */
    public void move(String from, String to) throws IOException {
        moveData(from, to);
        Checkpoint.DATA_MOVED.reached();
        moveFile(secrets, from, to);
        Checkpoint.SECRETS_MOVED.reached();
        moveFile(instances, from, to);
        Checkpoint.INSTANCE_MOVED.reached();
    }

    private static void moveFile(Path folder, String from, String to) throws IOException {
        Path file = folder.resolve(from + ".yaml");
        if (Files.exists(file)) {
            AtomicFiles.move(file, folder.resolve(to + ".yaml"));
        }
    }

    private void moveData(String from, String to) throws IOException {
        Path source = data.resolve(from);
        Path target = data.resolve(to);
        unlink(to);
        if (!Files.exists(source) || isLinkOfOurs(source)) {
            return;
        }
        Files.deleteIfExists(target);
        AtomicFiles.move(source, target);
        try {
            Files.createSymbolicLink(source, Path.of(to));
        } catch (FileSystemException | UnsupportedOperationException e) {
            LOG.debug("no link from {} to {}: {}", source, to, e.toString());
        }
    }

    /** Takes away the link that calls in flight needed. */
    public void unlink(String from) {
        Path link = data.resolve(from);
        try {
            if (isLinkOfOurs(link)) {
                Files.deleteIfExists(link);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", link, e.toString());
        }
    }

    /** The operator's own links lead elsewhere. */
    private static boolean isLinkOfOurs(Path folder) throws IOException {
        return Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.isSymbolicLink(folder)
                && Files.readSymbolicLink(folder).getNameCount() == 1
                && !Files.readSymbolicLink(folder).isAbsolute();
    }
}
