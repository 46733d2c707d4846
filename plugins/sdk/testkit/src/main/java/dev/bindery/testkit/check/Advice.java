package dev.bindery.testkit.check;

/** Nothing is wrong, but something could be better; the message is for the author. */
public final class Advice extends RuntimeException {
    public Advice(String message) {
        super(message);
    }
}
