package dev.bindery.cli.admin;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The host that runs on a home, as a process of this machine.
 *
 * @param address where it listens
 */
public record HostOnHome(ProcessHandle process, String address) {
    /** What a clock that was set meanwhile may make of the moment at which a process began. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /**
     * The one that wrote itself down and still runs. What a host has left behind that was killed
     * may name a process that is another by now: one that began at another moment, or does not have
     * the home.
     */
    public static Optional<HostOnHome> find(HomeFolder home) {
        WrittenHost written = new WrittenHost(home);
        return ProcessHandle.of(written.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> isSame(process, written.began()))
                .filter(_ -> isTaken(home))
                .map(process -> new HostOnHome(process, written.address().orElse("")));
    }

    private static boolean isSame(ProcessHandle process, Instant began) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, began).abs())
                .filter(difference -> difference.compareTo(CLOCKS_DIFFER) < 0)
                .isPresent();
    }

    /** Whether some host has the home, be it one that cannot be seen from here. */
    public static boolean isTaken(HomeFolder home) {
        Path lock = home.path().resolve("state").resolve("lock");
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            return mine == null;
        } catch (OverlappingFileLockException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
