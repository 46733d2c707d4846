package dev.bindery.server.account;

/** Hears of every request when it has ended, on the thread that answered it; must not block. */
@FunctionalInterface
public interface RequestListener {
    void ended(RequestAccount request);
}
