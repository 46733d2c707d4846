package dev.bindery.cli;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.WrongCall;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says why a command failed: a sentence for what can happen, a stack trace for a fault of ours. */
record Failures(Shell shell) implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof CommandFailure) {
            shell.err().println("bindery: " + e.getMessage());
            return e instanceof WrongCall ? ExitCode.USAGE : ExitCode.SOFTWARE;
        } else {
            return fault(e, shell);
        }
    }

    static int fault(Throwable fault, Shell shell) {
        shell.err().println("bindery: this is a fault of Bindery itself:");
        fault.printStackTrace(shell.err());
        return ExitCode.SOFTWARE;
    }
}
