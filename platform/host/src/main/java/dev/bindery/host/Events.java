package dev.bindery.host;

import java.util.List;
import java.util.function.Consumer;

/** What happens in a host: every transition, every notification of a binding, progress. */
public interface Events {
    /**
     * Hears of every event from now on, in order, on a thread of the host. A listener that is slow
     * loses the oldest of its events, never delays anybody; a hole in the ids tells that it has.
     */
    Subscription subscribe(Consumer<Event> listener);

    /**
     * The latest events after that id, oldest first. The host keeps the last thousand notifications
     * and progress reports, and the last thousand of all others: a hole in the ids tells that some
     * are gone.
     */
    List<Event> after(long id);

    /** The id of the latest event; before the first one of a run, the id just below its id. */
    long lastId();

    /**
     * Tells everybody of something that the program around the host did, or that befell it; it is
     * written to the log as well.
     *
     * @param topic a type and what happened, {@code certificate/REPLACED}
     * @param subject what it is about
     * @param message what happened or why, in a sentence without any secret
     */
    void publish(String topic, String subject, String message);

    /** Ends with its close. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
