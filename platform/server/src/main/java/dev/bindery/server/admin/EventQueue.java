package dev.bindery.server.admin;

import dev.bindery.host.Event;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Events on their way to one client; a client that is slow loses the oldest. */
final class EventQueue {
    private static final int MOST = 1000;
    private static final int SILENCE_SECONDS = 15;

    private final BlockingQueue<Optional<Event>> events = new ArrayBlockingQueue<>(MOST);
    private volatile boolean open = true;

    void add(Event event) {
        put(Optional.of(event));
    }

    /** Ends the waiting at once. */
    void close() {
        open = false;
        put(Optional.empty());
    }

    boolean isOpen() {
        return open;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** The next event; null when there was none for a while, or the queue is closed. */
    @Nullable Event next() {
        try {
            Optional<Event> next = events.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
            return next == null ? null : next.orElse(null);
        } catch (InterruptedException _) {
            open = false;
            return null;
        }
    }

    private void put(Optional<Event> event) {
        while (!events.offer(event)) {
            events.poll();
        }
    }
}
