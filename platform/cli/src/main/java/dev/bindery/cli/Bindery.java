package dev.bindery.cli;

import dev.bindery.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code bindery} itself: holds the others, and is where the program starts.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 called wrongly.
 */
@Command(
        name = "bindery",
        description = "A host for LLM bindings: drop a jar in, and its models answer.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = HelpCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Start a host with: bindery run", "Then, for instance: bindery list"})
public final class Bindery implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    private Bindery() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Shell.ofThisProcess()).execute(arguments));
    }

    /** All commands, working for that shell. */
    static CommandLine commandLine(Shell shell) {
        CommandLine bindery = new CommandLine(new Bindery());
        bindery.setOut(shell.out());
        bindery.setErr(shell.err());
        bindery.setExecutionExceptionHandler(new Failures(shell));
        return bindery;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
