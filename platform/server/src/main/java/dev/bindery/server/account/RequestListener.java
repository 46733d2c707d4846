package dev.bindery.server.account;

/** Hears of every request when it has ended, on the thread that answered it; must not block. */
@FunctionalInterface
public interface RequestListener {
    void ended(RequestAccount request);

    /**
     * A call has ended that a binding has made of another instance while it answered a request. The
     * request may go on, or be ended. On the binding's thread; must not block.
     *
     * @param api the name of the API that the request came by
     */
    default void endedBehind(String api, CallAccount call) {}
}
