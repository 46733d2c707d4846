package dev.bindery.cli.admin;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.HeaderSecret;
import dev.bindery.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the token of the admin API: in the environment, in a file named there, in the home. The
 * home's token is for the home's own host: whoever else heard it could do everything with that.
 */
final class AdminToken {
    private AdminToken() {}

    /**
     * Empty where none was given, and the home has none for that host.
     *
     * @param own whether the host that is asked is the home's own
     */
    static Optional<String> of(HomeFolder home, boolean own, Shell shell) {
        return shell.variable("BINDERY_ADMIN_TOKEN")
                .map(token -> HeaderSecret.checked(token.strip(), "BINDERY_ADMIN_TOKEN"))
                .or(() -> shell.variable("BINDERY_ADMIN_TOKEN_FILE").map(AdminToken::given))
                .or(() -> own ? read(home.adminToken()) : Optional.empty());
    }

    private static String given(String file) {
        return read(Path.of(file))
                .orElseThrow(() ->
                        new CommandFailure(
                                "BINDERY_ADMIN_TOKEN_FILE names "
                                        + file
                                        + ", which is not there."));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(
                    HeaderSecret.checked(Files.readString(file).strip(), file.toString()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw new CommandFailure(
                    "The admin token in "
                            + file
                            + " may not be read by this user; it belongs to the one who started the"
                            + " host.",
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "The admin token in %s could not be read: %s".formatted(file, e), e);
        }
    }
}
