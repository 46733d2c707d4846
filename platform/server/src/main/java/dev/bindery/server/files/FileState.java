package dev.bindery.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What changes when a file does: a file that was replaced or written to never looks as before. A
 * link looks like what it leads to.
 */
public record FileState(FileTime modified, long size, String key) {
    /** How a file looks that is not there. */
    public static final FileState ABSENT = new FileState(FileTime.fromMillis(0), -1, "");

    public static FileState of(Path file) throws IOException {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileState(is.lastModifiedTime(), is.size(), String.valueOf(is.fileKey()));
        } catch (NoSuchFileException _) {
            return ABSENT;
        }
    }
}
