package dev.bindery.cli.shell;

/** A command was called in a way that cannot be, which only shows once it looks closer. */
public final class WrongCall extends CommandFailure {
    public WrongCall(String message) {
        super(message);
    }

    public WrongCall(String message, Throwable cause) {
        super(message, cause);
    }
}
