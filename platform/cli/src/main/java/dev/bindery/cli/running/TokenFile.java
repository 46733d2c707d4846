package dev.bindery.cli.running;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.HeaderSecret;
import dev.bindery.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The admin token that a host asks for: the operator's, or one made at the first start. */
final class TokenFile {
    private static final int BYTES = 32;

    private TokenFile() {}

    static String of(Path file, Shell shell) {
        try {
            if (shell.variable("BINDERY_ADMIN_TOKEN").isPresent()) {
                return HeaderSecret.checked(
                        shell.variable("BINDERY_ADMIN_TOKEN").orElseThrow().strip(),
                        "BINDERY_ADMIN_TOKEN");
            }
            if (shell.variable("BINDERY_ADMIN_TOKEN_FILE").isPresent()) {
                return read(Path.of(shell.variable("BINDERY_ADMIN_TOKEN_FILE").orElseThrow()));
            }
            return Files.exists(file) ? read(file) : create(file);
        } catch (IOException e) {
            throw new CommandFailure("The admin token cannot be read or made: " + e, e);
        }
    }

    private static String read(Path file) throws IOException {
        String token = text(file).strip();
        if (token.isEmpty()) {
            throw new CommandFailure(
                    file + " is empty, but holds the admin token; delete it to get a new one.");
        }
        return HeaderSecret.checked(token, file.toString());
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IOException("%s: %s".formatted(file, e), e);
        }
    }

    private static String create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        // The temporary file is the owner's alone from its first moment, where there are owners.
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), ".token", "");
        Files.writeString(written, token + "\n");
        if (written.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        return token;
    }
}
