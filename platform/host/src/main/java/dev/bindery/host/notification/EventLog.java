package dev.bindery.host.notification;

import dev.bindery.api.JsonObject;
import dev.bindery.host.Event;
import dev.bindery.host.Events;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Numbers events, keeps the latest, writes them to the log and hands them on. Thread-safe. */
public final class EventLog implements Events {
    private static final Logger LOG = LoggerFactory.getLogger("dev.bindery.events");
    private static final int KEPT = 1000;

    private final Clock clock;
    private final Deque<Event> latest = new ArrayDeque<>();
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private long lastId;

    public EventLog(Clock clock) {
        this.clock = clock;
    }

    public void publish(String topic, String subject, String message) {
        publish(topic, subject, message, JsonObject.EMPTY);
    }

    public void publish(String topic, String subject, String message, JsonObject data) {
        LOG.atLevel(levelOf(topic)).log("{} {} {}", topic, subject, message);
        append(topic, subject, message, data);
    }

    /** Under one lock, so that every subscriber hears in the order of the numbers. */
    private synchronized void append(
            String topic, String subject, String message, JsonObject data) {
        Event event = new Event(++lastId, Instant.now(clock), topic, subject, message, data);
        latest.addLast(event);
        if (latest.size() > KEPT) {
            latest.removeFirst();
        }
        subscribers.forEach(subscriber -> subscriber.offer(event));
    }

    private static Level levelOf(String topic) {
        return switch (topic.substring(topic.indexOf('/') + 1)) {
            case "FAILED", "QUARANTINED", "LEAKED", "error" -> Level.ERROR;
            case "NEEDS_CONFIGURATION", "SHADOWED", "REFUSED", "warning" -> Level.WARN;
            case "progress" -> Level.DEBUG;
            default -> Level.INFO;
        };
    }

    @Override
    public Subscription subscribe(Consumer<Event> listener) {
        Subscriber subscriber = new Subscriber(listener);
        subscribers.add(subscriber);
        return () -> {
            subscribers.remove(subscriber);
            subscriber.close();
        };
    }

    @Override
    public synchronized List<Event> after(long id) {
        List<Event> newer = new ArrayList<>();
        latest.stream().filter(event -> event.id() > id).forEach(newer::add);
        return newer;
    }
}
