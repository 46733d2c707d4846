package dev.bindery.host.notification;

import dev.bindery.host.Event;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to one listener on a thread of its own; drops the oldest when it is too slow. */
final class Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final int BEHIND = 1000;

    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(BEHIND);
    private final Thread thread;

    Subscriber(Consumer<Event> listener) {
        thread = Thread.ofVirtual().name("events").start(() -> deliver(listener));
    }

    void offer(Event event) {
        while (!queue.offer(event)) {
            queue.poll();
        }
    }

    void close() {
        thread.interrupt();
    }

    private void deliver(Consumer<Event> listener) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                listener.accept(queue.take());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("a listener failed on an event: {}", e.toString());
            }
        }
    }
}
