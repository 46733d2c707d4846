package dev.bindery.cli;

import dev.bindery.cli.project.MavenJava;
import dev.bindery.cli.project.NewProject;
import dev.bindery.cli.project.ProjectName;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Begins a binding: writes a project that builds, and overwrites nothing. */
@Command(
        name = "new",
        description = {
            "Begin a binding: a Maven project that builds, keeps the contract, and answers.",
            "Change what it answers, and its card."
        })
final class NewCommand implements Callable<Integer> {
    private final Shell shell;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME",
            description = "What the binding is called, such as my-provider.")
    private String name = "";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The folder to make; else one of that name, here.")
    private @Nullable Path folder;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The package of its class; else one in org.example.")
    private @Nullable String packageName;

    @Option(names = "--http", description = "It connects a provider over HTTP.")
    private boolean http;

    NewCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        ProjectName project = name();
        Path place = folder == null ? Path.of(project.id()) : folder;
        List<Path> files;
        try {
            files =
                    new NewProject(project, kind(), Version.ofBindery(), repository())
                            .writeTo(place);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    place + " is there already and not empty; name another folder with --dir.");
        }
        files.forEach(file -> shell.out().println(file));
        tellHowToGoOn(project, place);
        return ExitCode.OK;
    }

    private NewProject.Kind kind() {
        return http ? NewProject.Kind.HTTP : NewProject.Kind.PLAIN;
    }

    private ProjectName name() {
        try {
            return packageName == null ? ProjectName.of(name) : new ProjectName(name, packageName);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".");
        }
    }

    /** The artifacts that come with an unpacked Bindery. */
    private static Optional<Path> repository() {
        return Optional.ofNullable(System.getProperty("bindery.distribution"))
                .map(distribution -> Path.of(distribution, "repository"))
                .filter(Files::isDirectory);
    }

    private void tellHowToGoOn(ProjectName project, Path place) {
        String bindery = shell.command();
        MavenJava maven =
                new MavenJava(shell.environment(), Path.of(System.getProperty("java.home")));
        shell.out()
                .printf(
                        "%nBuild it and hold it to the contract, then have a running host serve it:%n%n    cd %s%n    %smvn verify%n    %s install target/%s-1.0.0.jar%n",
                        place, maven.prefix(), bindery, project.id());
        shell.out()
                .printf(
                        http
                                ? "    %2$s config %1$s base_url=…%n"
                                : "    echo \"hello there\" | %2$s chat %1$s/%1$s%n",
                        project.id(),
                        bindery);
    }
}
