package dev.bindery.cli.admin;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.WrongCall;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a host keeps everything: {@code --home}, {@code BINDERY_HOME}, else {@code ~/.bindery}. */
public record HomeFolder(Path path) {
    public static HomeFolder chosen(@Nullable String option, Shell shell) {
        // Mostly a variable that is not set; the current folder is meant by ".".
        if (option != null && option.isBlank()) {
            throw new WrongCall("--home names no folder: its value is empty.");
        }
        String name =
                Optional.ofNullable(option)
                        .or(() -> shell.variable("BINDERY_HOME"))
                        .orElseGet(() -> userHome(shell) + "/.bindery");
        try {
            return new HomeFolder(Path.of(name).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new CommandFailure(name + " cannot be a folder's name: " + e.getReason(), e);
        }
    }

    /** What the shell calls {@code ~}; Java would ask the system's list of users instead. */
    private static String userHome(Shell shell) {
        return shell.variable("HOME")
                .filter(home -> !home.isBlank())
                .orElseGet(() -> System.getProperty("user.home"));
    }

    /** The token that the admin API asks for. */
    Path adminToken() {
        return path.resolve("admin.token");
    }

    /** The keys of the LLM APIs, hashed. */
    public Path apiKeys() {
        return path.resolve("secrets").resolve("api-keys.json");
    }

    /** What a host on this home is run with. */
    public Path settings() {
        return path.resolve("conf").resolve("bindery.yaml");
    }

    /** What a running host writes down about itself. */
    public Path runningHost() {
        return path.resolve("state").resolve("running.json");
    }

    /** Where a host on this home writes its log. */
    public Path log() {
        return path.resolve("logs").resolve("bindery.log");
    }
}
