package dev.bindery.host.artifact;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of files of a folder that have come, changed or gone, once that has been so for a moment.
 * Listens to the file system and also looks for itself every two seconds, since network disks and
 * container mounts send no events. Everything is told on one thread.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration RESCAN = Duration.ofSeconds(2);
    private static final Duration STILL = Duration.ofMillis(120);
    private static final Duration UNTIL_END = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(30);

    private final Path folder;
    private final String suffix;
    private final Listener listener;
    private final Map<Path, Look> told = new HashMap<>();
    private final Map<Path, Look> moving = new HashMap<>();
    private final Map<Path, Long> leaving = new HashMap<>();
    private final @Nullable WatchService service;
    private @Nullable WatchKey key;
    private @Nullable Thread thread;
    private boolean away;

    /**
     * @param suffix what names of files end with; others, and those that begin with a dot, are not
     *     looked at
     */
    public FolderWatch(Path folder, String suffix, Listener listener) {
        this.folder = folder;
        this.suffix = suffix;
        this.listener = listener;
        this.service = newWatchService(folder);
    }

    private static @Nullable WatchService newWatchService(Path folder) {
        try {
            return folder.getFileSystem().newWatchService();
        } catch (IOException e) {
            LOG.warn("no file system events for {}: {}; looking every 2 s", folder, e.toString());
            return null;
        }
    }

    /** Tells of all files that are there, on the calling thread, and of changes from then on. */
    public void start() {
        listen();
        try {
            scan().forEach(this::tell);
        } catch (NoSuchFileException e) {
            // Nothing was there yet, and nothing has to be said of it until it was.
            away = true;
        } catch (IOException e) {
            away(e);
        }
        thread =
                Thread.ofPlatform().name("watch-" + folder.getFileName()).daemon().start(this::run);
    }

    private void run() {
        long nextScan = System.nanoTime() + RESCAN.toNanos();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                boolean event = await(isStill() ? untilScan(nextScan) : LOOK);
                if (event || System.nanoTime() >= nextScan) {
                    nextScan = System.nanoTime() + RESCAN.toNanos();
                    listen();
                }
                look();
            } catch (InterruptedException | ClosedWatchServiceException e) {
                return;
            } catch (RuntimeException | Error e) {
                LOG.warn("watching {} failed: {}", folder, e.toString());
            }
        }
    }

    private boolean isStill() {
        return moving.isEmpty() && leaving.isEmpty();
    }

    private static Duration untilScan(long nextScan) {
        return Duration.ofNanos(Math.max(1_000_000, nextScan - System.nanoTime()));
    }

    private boolean await(Duration time) throws InterruptedException {
        if (service == null) {
            Thread.sleep(time);
            return false;
        }
        WatchKey happened = service.poll(time.toNanos(), TimeUnit.NANOSECONDS);
        if (happened == null) {
            return false;
        }
        happened.pollEvents();
        happened.reset();
        return true;
    }

    /** Registers again, since the folder may have been replaced. */
    private void listen() {
        if (service == null || (key != null && key.isValid())) {
            return;
        }
        try {
            key =
                    folder.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            LOG.debug("cannot listen to {}: {}", folder, e.toString());
        }
    }

    private void look() {
        Map<Path, Look> now;
        try {
            now = scan();
        } catch (IOException e) {
            away(e);
            return;
        }
        away = false;
        moving.keySet().retainAll(now.keySet());
        missing(now).forEach(this::lookForMissing);
        now.forEach(this::lookAt);
        listener.looked();
    }

    /** Of a folder that cannot be read nothing is known, so nothing in it counts as gone. */
    private void away(IOException why) {
        if (!away) {
            away = true;
            listener.away(folder, why);
        }
    }

    private Set<Path> missing(Map<Path, Look> now) {
        leaving.keySet().removeAll(now.keySet());
        Set<Path> missing = new HashSet<>(told.keySet());
        missing.removeAll(now.keySet());
        return missing;
    }

    /** Some programs replace a file by removing it first; it may be back since the last scan. */
    private void lookForMissing(Path file) {
        long now = System.nanoTime();
        long since = leaving.computeIfAbsent(file, _ -> now);
        if (now - since >= STILL.toNanos() && !Files.exists(file)) {
            leaving.remove(file);
            told.remove(file);
            listener.gone(file);
        }
    }

    private void lookAt(Path file, Look look) {
        if (look.isLike(told.get(file))) {
            moving.remove(file);
            return;
        }
        Look before = moving.get(file);
        if (before == null || !look.isLike(before)) {
            moving.put(file, look);
        } else if (look.at() - before.at() >= STILL.toNanos()) {
            moving.remove(file);
            tell(file, look);
        }
    }

    private void tell(Path file, Look look) {
        told.put(file, look);
        listener.changed(file);
    }

    private Map<Path, Look> scan() throws IOException {
        Map<Path, Look> found = new HashMap<>();
        try (var files = Files.newDirectoryStream(folder, this::isWanted)) {
            for (Path file : files) {
                Look.at(file).ifPresent(look -> found.put(file, look));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private boolean isWanted(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(suffix) && !name.startsWith(".");
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the watch of {}: {}", folder, e.toString());
        }
        if (thread != null) {
            thread.interrupt();
            awaitEnd(thread);
        }
    }

    /** A file that is being told of is told to the end, but nothing is told after the close. */
    private static void awaitEnd(Thread thread) {
        try {
            boolean _ = thread.join(UNTIL_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hears of the files of a folder. */
    public interface Listener {
        /** The file is new or has changed, and has been still since. */
        void changed(Path file);

        /** The file is no longer there. */
        void gone(Path file);

        /** The folder was looked at; everything that was seen has been told. */
        default void looked() {}

        /** The folder is not there, or cannot be read; nothing more is told until it is back. */
        default void away(Path folder, IOException why) {}
    }

    private record Look(FileStamp stamp, long at) {
        static Optional<Look> at(Path file) {
            return FileStamp.of(file).map(stamp -> new Look(stamp, System.nanoTime()));
        }

        boolean isLike(@Nullable Look other) {
            return other != null && stamp.equals(other.stamp);
        }
    }
}
