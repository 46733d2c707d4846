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
        shell.err().println("bindery: " + complaint(e));
        UnmatchedArgumentException.printSuggestions(e, shell.err());
        String name = command.getCommandSpec().qualifiedName();
        shell.err().println("How to call it shows: " + name + " --help");
        return ExitCode.USAGE;
    }

    private static String complaint(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            if (first.startsWith("-")) {
                return "There is no option " + first + ".";
            }
            return e.getCommandLine().getSubcommands().isEmpty()
                    ? "'%s' is one argument too many.".formatted(first)
                    : "There is no command '%s'.".formatted(first);
        }
        return String.valueOf(e.getMessage())
                .replaceFirst("' is not an? (int|long)$", "' is not a whole number.")
                .replaceFirst("' is not an? (float|double)$", "' is not a number.")
                .replaceFirst(" \\(case-insensitive\\) but was ", ", found ");
    }
}
