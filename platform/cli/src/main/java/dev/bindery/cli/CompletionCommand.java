package dev.bindery.cli;

import dev.bindery.cli.shell.Shell;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that teaches a shell to complete the command line of Bindery. */
@Command(
        name = "completion",
        description = "Print a completion script: source <(bindery completion bash)")
final class CompletionCommand implements Runnable {
    private final Shell shell;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Dialect dialect = Dialect.bash;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (dialect == Dialect.zsh) {
            shell.out().println("#compdef bindery");
        }
        // One script serves both: it switches on bash's way of completion where it runs in zsh.
        shell.out().print(AutoComplete.bash("bindery", spec.root().commandLine()));
        shell.out().flush();
    }

    /** Shells that the script works in, by the names that people type. */
    private enum Dialect {
        bash,
        zsh
    }
}
