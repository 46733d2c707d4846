package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.WrongCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Sends jars to a running host; fails when one of them does not come to serve. */
@Command(
        name = "install",
        description = "Put binding jars into a running host, in place of those with the same id.")
final class InstallCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin private final RunningHost host;

    @Parameters(arity = "1..*", paramLabel = "JAR", description = "Files of bindings.")
    private List<String> files = new ArrayList<>();

    InstallCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    @Override
    public Integer call() {
        List<Path> jars = checked();
        AdminClient admin = host.admin();
        int exit = ExitCode.OK;
        for (Path jar : jars) {
            exit = Math.max(exit, report(admin.upload(jar)));
        }
        return exit;
    }

    /** All of them or none: what is wrong with one shows before anything is installed. */
    private List<Path> checked() {
        List<Path> jars = new ArrayList<>();
        for (String file : files) {
            complaint(file)
                    .ifPresent(complaint -> {
                        throw new WrongCall(
                                complaint
                                        + (files.size() > 1 ? " Nothing has been installed." : ""));
                    });
            jars.add(Path.of(file));
        }
        return jars;
    }

    private static Optional<String> complaint(String file) {
        if (file.matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
            return Optional.of(
                    file
                            + " is an address; install takes files of this machine, so fetch it first.");
        }
        Path jar = Path.of(file);
        if (!Files.isRegularFile(jar)) {
            return Optional.of(file + " is not a file; install takes jars of this machine.");
        }
        if (!Files.isReadable(jar)) {
            return Optional.of(file + " may not be read by this user.");
        }
        return file.endsWith(".jar")
                ? Optional.empty()
                : Optional.of(file + " does not end in .jar, as the file of a binding does.");
    }

    /** What serves instead, and why. */
    private static String notCurrent(JsonNode binding, Standing standing) {
        return standing.name()
                + " was not replaced: "
                + (standing.reason().isEmpty()
                        ? Json.text(binding, "file") + " has the same id and goes first"
                        : standing.reason());
    }

    private int report(JsonNode binding) {
        Standing standing = Standing.ofBinding(binding);
        if (standing.failed()) {
            shell.err().println("bindery: " + standing.sentence());
            return ExitCode.SOFTWARE;
        }
        if (!binding.path("current").asBoolean(true)) {
            shell.err().println("bindery: " + notCurrent(binding, standing));
            return ExitCode.SOFTWARE;
        }
        String version = Json.text(binding, "version");
        shell.out()
                .println("Installed " + standing.name() + " " + version + ": " + standing.state());
        if (!standing.reason().isEmpty()) {
            shell.out().println(standing.reason());
        }
        return ExitCode.OK;
    }
}
