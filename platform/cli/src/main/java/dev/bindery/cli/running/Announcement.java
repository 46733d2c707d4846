package dev.bindery.cli.running;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells the other commands where the host of a home listens, for as long as it runs. */
final class Announcement implements AutoCloseable {
    private final Path file;

    private Announcement(Path file) {
        this.file = file;
    }

    static Announcement write(Path file, String address) {
        String text =
                Json.pretty(
                        Json.object()
                                .put("pid", ProcessHandle.current().pid())
                                .put("address", address));
        try {
            Path written = Files.createTempFile(file.getParent(), ".running", "");
            Files.writeString(written, text + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            return new Announcement(file);
        } catch (IOException e) {
            throw new CommandFailure("The host's state cannot be written: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // What stays behind misleads nobody: nothing answers at that address.
        }
    }
}
