package dev.bindery.host.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A child's own temporary folder: natives unpacked to a fixed name do not meet there. */
final class Scratch {
    private Scratch() {}

    static Path create(Path parent) throws IOException {
        Files.createDirectories(parent);
        return Files.createTempDirectory(parent.toAbsolutePath(), "child-");
    }

    /** Deletes it with all in it, as far as that is possible; links are not followed. */
    static void delete(Path scratch) {
        try {
            Files.walkFileTree(scratch, new Deletion());
        } catch (IOException _) {
            // What is left lies in a cache, where it does no harm.
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
