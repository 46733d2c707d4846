package dev.bindery.cli.shell;

/**
 * A command could not do what it was asked. The message is for the person who asked: what was
 * found, what was expected, what to do.
 */
public sealed class CommandFailure extends RuntimeException permits WrongCall {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
