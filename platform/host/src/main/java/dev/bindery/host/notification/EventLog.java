package dev.bindery.host.notification;

import dev.bindery.api.JsonObject;
import dev.bindery.host.Event;
import dev.bindery.host.Events;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Numbers events, keeps the latest, writes them to the log and hands them on. What bindings say as
 * often as they like pushes nothing else out: it is kept apart. Thread-safe.
 */
public final class EventLog implements Events {
    private static final Logger LOG = LoggerFactory.getLogger("dev.bindery.events");
    private static final int KEPT = 1000;

    private final Clock clock;
    private final Deque<Event> transitions = new ArrayDeque<>();
    private final Deque<Event> remarks = new ArrayDeque<>();
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final Map<String, String> bindings = new HashMap<>();
    private final EventNumbers numbers;
    private volatile boolean ending;

    public EventLog(Clock clock, EventNumbers numbers) {
        this.clock = clock;
        this.numbers = numbers;
    }

    @Override
    public void publish(String topic, String subject, String message) {
        publish(topic, subject, message, JsonObject.EMPTY);
    }

    public void publish(String topic, String subject, String message, JsonObject data) {
        String text = EventText.bounded(message);
        Event event = append(topic, subject, text, data);
        LOG.atLevel(level(event)).log("{} {} {}", topic, subject, text);
    }

    private Level level(Event event) {
        Level level = Level.valueOf(event.level());
        boolean brokenOff = ending && !isRemark(event.topic());
        return brokenOff && level.toInt() > Level.INFO.toInt() ? Level.INFO : level;
    }

    /** What is being started or changed is broken off from now on, which is nobody's fault. */
    public void ending() {
        ending = true;
    }

    /** Under one lock, so that every subscriber hears in the order of the numbers. */
    private synchronized Event append(
            String topic, String subject, String message, JsonObject data) {
        Event event =
                known(new Event(numbers.next(), Instant.now(clock), topic, subject, message, data));
        Deque<Event> kept = isRemark(topic) ? remarks : transitions;
        kept.addLast(event);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        subscribers.forEach(subscriber -> subscriber.offer(event));
        return event;
    }

    private static boolean isRemark(String topic) {
        return topic.startsWith("notification/") || topic.startsWith("progress/");
    }

    /** What happens to an instance concerns its binding, whether or not the teller knew that. */
    private Event known(Event event) {
        String instance = event.instance().orElse("");
        Optional<String> told = event.binding();
        if (instance.isEmpty()) {
            return event;
        }
        if (told.isPresent()) {
            bindings.put(instance, told.get());
            return event;
        }
        String binding = bindings.get(instance);
        return binding == null
                ? event
                : new Event(
                        event.id(),
                        event.time(),
                        event.topic(),
                        event.subject(),
                        event.message(),
                        event.data().with("binding", binding));
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
        return Stream.concat(transitions.stream(), remarks.stream())
                .filter(event -> event.id() > id)
                .sorted(Comparator.comparingLong(Event::id))
                .toList();
    }

    @Override
    public synchronized long lastId() {
        return numbers.last();
    }
}
