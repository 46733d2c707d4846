package dev.bindery.cli;

import dev.bindery.cli.running.ClassArchive;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        Shell shell = Shell.ofThisProcess();
        int exit = exit(arguments, shell);
        shell.out().flush();
        shell.err().flush();
        new ClassArchive().fallSilent();
        System.exit(exit);
    }

    /** An error leaves threads of a host behind, which would keep the process and its home. */
    private static int exit(String[] arguments, Shell shell) {
        try {
            return commandLine(shell, arguments).execute(arguments);
        } catch (Error e) {
            return Failures.fault(e, shell);
        }
    }

    /** The commands that a call may need, working for that shell. */
    static CommandLine commandLine(Shell shell, String... arguments) {
        CommandLine bindery = new CommandLine(new Bindery());
        for (String name : Commands.neededFor(arguments)) {
            bindery.addSubcommand(Commands.named(name, shell));
        }
        withHelpBelow(bindery);
        bindery.setCaseInsensitiveEnumValuesAllowed(true);
        bindery.setOut(shell.out());
        bindery.setErr(shell.err());
        bindery.setColorScheme(Help.defaultColorScheme(colours(shell) ? Ansi.ON : Ansi.OFF));
        bindery.setExecutionExceptionHandler(new Failures(shell));
        bindery.setParameterExceptionHandler(new Misuse(shell));
        return bindery;
    }

    private static boolean colours(Shell shell) {
        return shell.terminal().out() && shell.variable("NO_COLOR").isEmpty();
    }

    private static void withHelpBelow(CommandLine command) {
        for (CommandLine subcommand : command.getSubcommands().values()) {
            withHelp(subcommand);
            withHelpBelow(subcommand);
        }
    }

    private static void withHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.findOption("--help") != null) {
            return;
        }
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and exit.")
                        .build());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
