package dev.bindery.cli.settings;

import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.WrongCall;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the environment chooses for a host. */
public final class EnvironmentSettings {
    private final Shell shell;

    private EnvironmentSettings(Shell shell) {
        this.shell = shell;
    }

    /**
     * @throws WrongCall naming the variable that says what cannot be
     */
    public static RunSettings of(Shell shell) {
        EnvironmentSettings environment = new EnvironmentSettings(shell);
        return new RunSettings(
                shell.variable("BINDERY_HOST").map(String::strip),
                environment.number("BINDERY_PORT", "a port"),
                environment.list("BINDERY_ALLOW_HOST"),
                environment.list("BINDERY_ALLOW_ORIGIN"),
                environment.onOrOff("BINDERY_FETCH"),
                environment.list("BINDERY_ALLOW_FETCH"),
                environment.onOrOff("BINDERY_TLS"),
                environment.file("BINDERY_TLS_CERT"),
                environment.file("BINDERY_TLS_KEY"),
                environment.number("BINDERY_GRACE", "a time in seconds").map(Duration::ofSeconds),
                environment.onOrOff("BINDERY_ACCESS_LOG"),
                environment.onOrOff("BINDERY_MODEL"));
    }

    private Optional<Integer> number(String variable, String what) {
        return shell.variable(variable).map(written -> number(variable, written, what));
    }

    private static int number(String variable, String written, String what) {
        try {
            return Integer.parseUnsignedInt(written.strip());
        } catch (NumberFormatException e) {
            throw new WrongCall(
                    "%s is %s, but %s is a whole number from 0 on."
                            .formatted(variable, written, what),
                    e);
        }
    }

    private Optional<Boolean> onOrOff(String variable) {
        return shell.variable(variable)
                .map(written ->
                        switch (written.strip()) {
                            case "on" -> true;
                            case "off" -> false;
                            default ->
                                    throw new WrongCall(
                                            "%s is %s; it takes on or off."
                                                    .formatted(variable, written));
                        });
    }

    private Optional<Set<String>> list(String variable) {
        return shell.variable(variable)
                .map(written ->
                        Arrays.stream(written.split("[,\\s]+", 0))
                                .filter(entry -> !entry.isEmpty())
                                .collect(Collectors.toUnmodifiableSet()));
    }

    private Optional<Path> file(String variable) {
        return shell.variable(variable).map(name -> file(variable, name));
    }

    private static Path file(String variable, String name) {
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new WrongCall(variable + " cannot be a file's name: " + e.getReason(), e);
        }
    }
}
