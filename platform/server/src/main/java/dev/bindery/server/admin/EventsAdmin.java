package dev.bindery.server.admin;

import dev.bindery.host.Event;
import dev.bindery.host.Events;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.session.Session;
import dev.bindery.server.session.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The host's events as a stream that never ends by itself; one that a browser's session opened ends
 * with the session, within 15 seconds where that was only not used for too long. Safe for all
 * threads.
 */
final class EventsAdmin implements AutoCloseable {
    private final Events events;
    private final Sessions sessions;
    private final Set<EventQueue> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    EventsAdmin(Events events, Sessions sessions) {
        this.events = events;
        this.sessions = sessions;
    }

    /** Ends every stream, now and from now on. */
    @Override
    public void close() {
        closed = true;
        open.forEach(EventQueue::close);
    }

    void stream(Exchange exchange) {
        OptionalLong seen = lastSeen(exchange);
        EventQueue queue = new EventQueue();
        open.add(queue);
        try (var _ = exchange.onDisconnect(queue::close);
                Session.Registration _ = untilLogout(exchange, queue);
                var _ = events.subscribe(queue::add)) {
            if (closed) {
                queue.close();
            }
            write(exchange, queue, seen);
        } finally {
            open.remove(queue);
        }
    }

    /** A stream that a session opened ends with it. */
    private static Session.Registration untilLogout(Exchange exchange, EventQueue queue) {
        return exchange.session().map(session -> session.whenEnded(queue::close)).orElse(() -> {});
    }

    private boolean mayGoOn(Exchange exchange) {
        return exchange.session().filter(session -> !sessions.isOpen(session)).isEmpty();
    }

    /** What was missed first, then what happens; an event that is in both once. */
    private void write(Exchange exchange, EventQueue queue, OptionalLong seen) {
        EventFilter wanted = EventFilter.of(exchange);
        long latest = events.lastId();
        exchange.set("Cache-Control", "no-store");
        exchange.set("X-Accel-Buffering", "no");
        EventWriter writer =
                new EventWriter(
                        exchange.stream("text/event-stream; charset=utf-8"),
                        wanted,
                        seen.orElse(latest));
        if (seen.isPresent()) {
            replay(writer, seen.getAsLong(), latest);
        }
        boolean goOn = writer.flush() && !exchange.query("until").equals(Optional.of("now"));
        while (goOn && queue.isOpen()) {
            Event next = queue.next();
            if (!mayGoOn(exchange)) {
                return;
            }
            if (next != null) {
                writer.event(next);
                goOn = !queue.isEmpty() || writer.flush();
            } else if (queue.isOpen()) {
                writer.keepAlive();
                goOn = writer.flush();
            }
        }
    }

    private void replay(EventWriter writer, long seen, long latest) {
        List<Event> kept = events.after(seen > latest ? 0 : seen);
        if (seen > latest) {
            writer.unknown(latest, kept.isEmpty() ? latest : kept.getFirst().id() - 1);
        }
        kept.forEach(writer::event);
        writer.upTo(latest);
    }

    /** Empty for a client that wants only what happens from now on. */
    private static OptionalLong lastSeen(Exchange exchange) {
        Optional<String> id =
                exchange.header("Last-Event-ID").or(() -> exchange.query("last_event_id"));
        if (id.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Math.max(0, Long.parseLong(id.get().strip())));
        } catch (NumberFormatException _) {
            throw Refusal.invalid("Last-Event-ID", "expected a whole number, found " + id.get());
        }
    }
}
