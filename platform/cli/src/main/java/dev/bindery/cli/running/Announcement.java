package dev.bindery.cli.running;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the other commands which process is the host of a home, where it listens, and by which
 * certificate they know it: until it has ended, so that one that takes long to stop can be ended.
 * Safe for all threads.
 */
final class Announcement implements AutoCloseable {
    private final Path file;
    private String address = "";
    private boolean written;
    private boolean closed;

    Announcement(Path file) {
        this.file = file;
    }

    /** Where the host listens from now on. */
    synchronized void at(String listening) {
        address = listening;
    }

    /**
     * Writes it, or writes it anew.
     *
     * @param certificates the fingerprints of those that the host may show; none where it speaks in
     *     clear
     * @throws CommandFailure where it cannot be written at all; later on, that is only logged
     */
    synchronized void write(Set<String> certificates) {
        if (closed) {
            return;
        }
        try {
            replace(certificates);
            written = true;
        } catch (IOException e) {
            if (!written) {
                throw new CommandFailure("The host's state cannot be written: " + e, e);
            }
            LoggerFactory.getLogger(Announcement.class)
                    .warn("Commands do not learn of the host's new certificate: {}", e.toString());
        }
    }

    private void replace(Set<String> certificates) throws IOException {
        ObjectNode told = Json.object().put("pid", ProcessHandle.current().pid());
        ProcessHandle.current()
                .info()
                .startInstant()
                .ifPresent(start -> told.put("began", start.toEpochMilli()));
        told.put("address", address);
        if (!certificates.isEmpty()) {
            ArrayNode pins = told.putArray("certificates");
            certificates.forEach(pins::add);
        }
        Path temporary = Files.createTempFile(file.getParent(), ".running", "");
        Files.writeString(temporary, Json.pretty(told) + "\n");
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // What stays behind misleads nobody: nothing answers at that address.
        }
    }
}
