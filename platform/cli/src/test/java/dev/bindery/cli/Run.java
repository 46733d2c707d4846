package dev.bindery.cli;

import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.Terminal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One run of the command, and what came of it.
 *
 * @param exit the exit code
 * @param out what it printed
 * @param err what it printed to the error stream
 */
record Run(int exit, String out, String err) {
    /** Where a run takes place: what is typed into it, and which variables are set. */
    static final class Place {
        private final Map<String, String> environment = new HashMap<>();
        private String input = "";

        Place with(String variable, Object value) {
            environment.put(variable, value.toString());
            return this;
        }

        Place typing(String text) {
            input = text;
            return this;
        }

        Run run(String... arguments) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            Shell shell =
                    new Shell(
                            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                            new PrintWriter(out, true),
                            new PrintWriter(err, true),
                            environment,
                            Terminal.NONE);
            int exit = Bindery.commandLine(shell, arguments).execute(arguments);
            return new Run(exit, lines(out), lines(err));
        }

        private static String lines(StringWriter written) {
            return written.toString().replace(System.lineSeparator(), "\n");
        }
    }
}
