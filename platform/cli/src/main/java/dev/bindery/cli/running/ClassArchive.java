package dev.bindery.cli.running;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The archive of classes that the JVM leaves when it ends, where the launcher has asked for one: a
 * JVM of its own makes it, for some seconds, and shows its whole class path where this one's output
 * goes. It holds the classes that this run has used, so that only one which has served leaves a
 * useful one; the launcher takes no other.
 */
public final class ClassArchive {
    private final Optional<Path> file =
            Optional.ofNullable(System.getProperty("bindery.archiving")).map(Path::of);

    /** Whether one is made. */
    boolean isMade() {
        return file.isPresent();
    }

    /** Lets the next start use it. */
    void recommend() {
        try {
            if (file.isPresent()) {
                Files.createFile(file.get().resolveSibling(file.get().getFileName() + ".good"));
            }
        } catch (IOException _) {
            // Then the next host makes another.
        }
    }

    /**
     * Leads the two standard streams nowhere, by closing them, where an archive is made; nothing
     * can be said after it.
     */
    public void fallSilent() {
        if (!isMade()) {
            return;
        }
        try (FileOutputStream _ = new FileOutputStream(FileDescriptor.out);
                FileOutputStream _ = new FileOutputStream(FileDescriptor.err)) {
            // Nothing more is to be said.
        } catch (IOException _) {
            // Then it is shown.
        }
    }
}
