package dev.bindery.distribution.walk;

import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.embedded.EmbeddedHost;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A host in this JVM, which can be started again and killed. For one thread. */
final class Subject implements AutoCloseable {
    private final Path folder;
    private Path home;
    private Host host;
    private int lives = 1;

    Subject(Path folder) {
        this.folder = folder;
        home = folder.resolve("home1");
        host = started();
    }

    private Host started() {
        Host started = EmbeddedHost.start(HostOptions.of(home));
        started.awaitSettled();
        return started;
    }

    Host host() {
        return host;
    }

    Path drop(String id) {
        return home.resolve("bindings").resolve(id + ".jar");
    }

    Path data(String instance) {
        return home.resolve("data").resolve(instance);
    }

    /** Writes a file of the drop folder as a copy does: in place, in several writes. */
    void write(String id, byte[] jar) throws IOException {
        try (var out = Files.newOutputStream(drop(id))) {
            out.write(jar, 0, jar.length / 2);
            out.flush();
            out.write(jar, jar.length / 2, jar.length - jar.length / 2);
        }
    }

    /** A jar for the host to install. */
    Path incoming(byte[] jar) throws IOException {
        return Files.write(folder.resolve("incoming.jar"), jar);
    }

    void restart() {
        host.close(Duration.ZERO);
        host = started();
    }

    /**
     * Goes on with what is on disk at this moment, as after a kill: in a copy, since the host that
     * is left behind still lives in the JVM, and ends in its own way.
     */
    void kill() throws IOException {
        lives++;
        Path copy = folder.resolve("home" + lives);
        copy(home, copy);
        host.close(Duration.ZERO);
        home = copy;
        host = started();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is)
                            throws IOException {
                        return take(folder);
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes is)
                            throws IOException {
                        return take(file);
                    }

                    // What is removed while the copy is being made is not there after a kill.
                    private FileVisitResult take(Path file) throws IOException {
                        try {
                            Files.copy(
                                    file,
                                    to.resolve(from.relativize(file)),
                                    StandardCopyOption.COPY_ATTRIBUTES);
                            return FileVisitResult.CONTINUE;
                        } catch (NoSuchFileException e) {
                            return visitFileFailed(file, e);
                        }
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        throw e;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
                            throws IOException {
                        return e == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, e);
                    }
                });
    }

    @Override
    public void close() {
        host.close(Duration.ZERO);
    }
}
