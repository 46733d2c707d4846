package dev.bindery.server.tls;

import dev.bindery.server.files.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Where the server's certificate and its key lie, in PEM form.
 *
 * @param certificate the server's own certificate, then those that issued it
 * @param key the key of the first
 */
public record TlsFiles(Path certificate, Path key) {
    /** How both look from outside. */
    record State(FileState certificate, FileState key) {}

    /** One that cannot be looked at looks like one that is not there; reading it says why. */
    State state() {
        return new State(state(certificate), state(key));
    }

    private static FileState state(Path file) {
        try {
            return FileState.of(file);
        } catch (IOException _) {
            return FileState.ABSENT;
        }
    }

    /** Whether others than its owner can read the key, or write to it. */
    public boolean isKeyExposed() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key);
            return permissions.stream()
                    .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
