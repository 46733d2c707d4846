package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private List<Path> jars = new ArrayList<>();

    InstallCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    @Override
    public Integer call() {
        jars.forEach(InstallCommand::check);
        AdminClient admin = host.admin();
        int exit = ExitCode.OK;
        for (Path jar : jars) {
            exit = Math.max(exit, report(admin.upload(jar)));
        }
        return exit;
    }

    private static void check(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new CommandFailure(jar + " is not a file; install takes jars of this machine.");
        }
        if (!Files.isReadable(jar)) {
            throw new CommandFailure(jar + " may not be read by this user.");
        }
        if (!jar.toString().endsWith(".jar")) {
            throw new CommandFailure(jar + " does not end in .jar, as the file of a binding does.");
        }
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
