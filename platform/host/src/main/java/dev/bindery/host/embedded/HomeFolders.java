package dev.bindery.host.embedded;

import dev.bindery.host.Home;
import dev.bindery.host.HostException;
import dev.bindery.host.artifact.Folders;
import dev.bindery.host.document.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Makes the folders of a home, and refuses one that is not safe to use. */
final class HomeFolders {
    private HomeFolders() {}

    /**
     * @throws HostException when a folder cannot be made or read, or others can put jars into it
     */
    static void prepare(Home home) {
        try {
            for (Path folder : List.of(home.root(), home.state(), home.cache(), home.data())) {
                Folders.create(folder);
            }
            for (Path folder :
                    List.of(
                            home.bindings(),
                            home.extensions(),
                            home.instances(),
                            home.models(),
                            home.logs())) {
                createIfPossible(folder);
            }
            secretFolder(home.secrets());
            refuseOpenDropFolder(home.bindings());
            refuseOpenDropFolder(home.extensions());
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.FAILED,
                    "the home %s cannot be used: %s; make it writable, or give another with --home"
                            .formatted(home.root(), e),
                    e);
        }
    }

    /** Removes what a host that was killed has left behind; only with the lock of the home. */
    static void tidy(Home home) throws IOException {
        Folders.delete(home.cache().resolve("processes"));
        Folders.delete(home.cache().resolve("fetched"));
        for (Path folder :
                List.of(home.state(), home.bindings(), home.instances(), home.secrets())) {
            AtomicFiles.sweep(folder);
        }
    }

    /** What the operator provides may be read-only, and then simply be as it is. */
    private static void createIfPossible(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Folders.create(folder);
        }
    }

    private static void secretFolder(Path folder) throws IOException {
        createIfPossible(folder);
        if (Files.isWritable(folder)
                && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void refuseOpenDropFolder(Path folder) throws IOException {
        if (Folders.othersCanWrite(folder)) {
            throw HostException.invalid(
                    "others can write to %s, and a jar there runs with your rights; close it with: chmod go-w %s"
                            .formatted(folder, folder));
        }
    }
}
