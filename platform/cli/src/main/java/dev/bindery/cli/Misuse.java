package dev.bindery.cli;

import dev.bindery.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, what may have been meant, and where help is. */
record Misuse(Shell shell) implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        shell.err().println("bindery: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, shell.err());
        String name = command.getCommandSpec().qualifiedName();
        shell.err().println("How to call it shows: " + name + " --help");
        return ExitCode.USAGE;
    }
}
