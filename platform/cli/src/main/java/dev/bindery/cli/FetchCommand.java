package dev.bindery.cli;

import dev.bindery.api.BindingException;
import dev.bindery.api.PackageManager;
import dev.bindery.api.ProgressListener;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.ProgressDisplay;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.packages.InstancePackages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Fetches a file as bindings do: resumed, checked, kept. Not for operators; the launcher of a
 * checkout gets the model of the tests with it.
 */
@Command(name = "fetch", hidden = true, description = "Fetch a file from one of its sources.")
final class FetchCommand implements Runnable {
    private final Shell shell;

    @Option(names = "--sha256", required = true, description = "What it must have.")
    private String sha256 = "";

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "Where to put it.")
    private Path target = Path.of("");

    @Parameters(arity = "1..*", paramLabel = "SOURCE", description = "Addresses, tried in order.")
    private List<URI> sources = new ArrayList<>();

    FetchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Path folder = prepared(target.toAbsolutePath());
        PackageManager packages =
                new InstancePackages(
                        folder.resolve(".partial"), folder.resolve(".partial"), List.of(folder));
        List<String> failures = new ArrayList<>();
        try (ProgressDisplay display = ProgressDisplay.on(shell)) {
            ProgressListener listener =
                    progress ->
                            display.show(
                                    progress.status(),
                                    progress.completed(),
                                    progress.total().orElse(0));
            for (URI source : sources) {
                try {
                    packages.download(source, sha256, target.toAbsolutePath(), listener);
                    return;
                } catch (BindingException e) {
                    failures.add(source + ": " + e.getMessage());
                }
            }
        }
        throw new CommandFailure(
                "No source has " + target.getFileName() + ".\n" + String.join("\n", failures));
    }

    private static Path prepared(Path file) {
        try {
            return Files.createDirectories(file.resolveSibling(""));
        } catch (IOException e) {
            throw new CommandFailure("The folder of " + file + " cannot be made: " + e, e);
        }
    }
}
