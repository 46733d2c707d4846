package dev.bindery.host.embedded;

import dev.bindery.host.Home;
import dev.bindery.host.HostException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second host away from a home. The system gives it back when the process ends. */
final class HomeLock implements AutoCloseable {
    private final FileLock lock;

    private HomeLock(FileLock lock) {
        this.lock = lock;
    }

    /**
     * @throws HostException when another host has it
     */
    static HomeLock take(Home home) throws IOException {
        Path file = home.state().resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new HomeLock(lock);
            }
        } catch (OverlappingFileLockException e) {
            // The other host is in this very process; said below like any other.
            channel.close();
            throw taken(home);
        }
        channel.close();
        throw taken(home);
    }

    private static HostException taken(Home home) {
        return new HostException(
                HostException.Kind.CONFLICT,
                "another host is running on %s; stop it first, or give this one another home with --home"
                        .formatted(home.root()));
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
