package dev.bindery.host.notification;

import dev.bindery.host.document.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers that never go back, also over restarts: a block of them is reserved in a file before the
 * first of it is given out, and a run begins behind whatever was reserved before. So a file is
 * written once for ten thousand events, and a crash loses no more than numbers. For one thread at a
 * time.
 */
public final class EventNumbers {
    private static final Logger LOG = LoggerFactory.getLogger(EventNumbers.class);
    private static final long BLOCK = 10_000;

    private final Path file;
    private long last;
    private long reserved;

    private EventNumbers(Path file, long last) {
        this.file = file;
        this.last = last;
        this.reserved = last;
    }

    /** Goes on behind what that file says; a file that is lost or not understood begins anew. */
    public static EventNumbers keptIn(Path file) {
        return new EventNumbers(file, read(file));
    }

    /** The last number that was given out. */
    public long last() {
        return last;
    }

    public long next() {
        if (last == reserved) {
            reserve();
        }
        return ++last;
    }

    private static long read(Path file) {
        try {
            return Math.max(0, Long.parseLong(Files.readString(file).strip()));
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException | NumberFormatException e) {
            LOG.warn(
                    "{} is not readable ({}); events are numbered from 1 again",
                    file,
                    e.toString());
            return 0;
        }
    }

    /** A disk that is full stops no event; the numbers may be given out again after a restart. */
    private void reserve() {
        reserved += BLOCK;
        try {
            AtomicFiles.write(file, reserved + "\n");
        } catch (IOException e) {
            LOG.warn("the numbers of events cannot be kept in {}: {}", file, e.toString());
        }
    }
}
