package dev.bindery.host.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param size in bytes
 * @param modified when it was last written, in nanoseconds since 1970
 * @param key which file of the file system it is; empty where that is not known
 */
public record FileStamp(long size, long modified, String key) {
    /** Some file systems keep times in steps of two seconds. */
    private static final Duration COARSEST = Duration.ofSeconds(2);

    /** Empty for what is no file, or no longer there. */
    public static Optional<FileStamp> of(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.isRegularFile()
                    ? Optional.of(
                            new FileStamp(
                                    now.size(),
                                    now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                                    now.fileKey() == null ? "" : String.valueOf(now.fileKey())))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a write that follows now would certainly change the stamp. */
    boolean isConclusive(Instant now) {
        return TimeUnit.NANOSECONDS.toMillis(modified) < now.minus(COARSEST).toEpochMilli();
    }

    String text() {
        return size + " " + modified + " " + key;
    }
}
