package dev.bindery.cli.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/**
 * What is around the program: its streams, its environment, and what is known of the terminal.
 * Tests pass one of their own.
 */
public record Shell(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Terminal terminal) {

    /** That of the running process. */
    public static Shell ofThisProcess() {
        return new Shell(
                System.in,
                writer(System.out),
                writer(System.err),
                System.getenv(),
                Terminal.ofThisProcess());
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /** The value of an environment variable; empty where it is not set, or set to nothing. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** How the user calls the program; a checkout's launcher has its own name. */
    public String command() {
        return variable("BINDERY_COMMAND").orElse("bindery");
    }
}
