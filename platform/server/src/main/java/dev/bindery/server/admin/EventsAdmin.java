package dev.bindery.server.admin;

import dev.bindery.host.Event;
import dev.bindery.host.Events;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.ResponseStream;
import dev.bindery.server.json.JsonText;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The host's events as a stream that never ends by itself. Safe for all threads. */
final class EventsAdmin implements AutoCloseable {
    private static final byte[] OPENING = JsonText.utf8(": events\n\n");
    private static final byte[] KEEP_ALIVE = JsonText.utf8(": keep-alive\n\n");
    private static final byte[] FRAME_END = JsonText.utf8("\n\n");

    private final Events events;
    private final Set<EventQueue> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    EventsAdmin(Events events) {
        this.events = events;
    }

    /** Ends every stream, now and from now on. */
    @Override
    public void close() {
        closed = true;
        open.forEach(EventQueue::close);
    }

    void stream(Exchange exchange) {
        long seen = lastSeen(exchange);
        EventQueue queue = new EventQueue();
        open.add(queue);
        try (var _ = exchange.onDisconnect(queue::close);
                var _ = events.subscribe(queue::add)) {
            if (closed) {
                queue.close();
            }
            write(exchange.stream("text/event-stream; charset=utf-8"), queue, seen);
        } finally {
            open.remove(queue);
        }
    }

    /** What was missed first, then what happens; an event that is in both once. */
    private void write(ResponseStream response, EventQueue queue, long seen) {
        response.add(OPENING, OPENING.length);
        long last = seen;
        if (seen >= 0) {
            for (Event missed : events.after(seen)) {
                add(response, missed);
                last = missed.id();
            }
        }
        boolean goOn = response.flush();
        while (goOn && queue.isOpen()) {
            Event next = queue.next();
            if (next == null && queue.isOpen()) {
                response.add(KEEP_ALIVE, KEEP_ALIVE.length);
                goOn = response.flush();
            } else if (next != null && next.id() > last) {
                add(response, next);
                goOn = !queue.isEmpty() || response.flush();
            }
        }
    }

    private static void add(ResponseStream response, Event event) {
        JsonText out = new JsonText();
        out.raw(JsonText.utf8("id: " + event.id() + "\nevent: " + event.topic() + "\ndata: "));
        out.beginObject().field("id").number(event.id());
        out.field("time").text(event.time().toString());
        out.field("topic").text(event.topic());
        out.field("subject").text(event.subject());
        out.field("message").text(event.message());
        out.field("data").value(event.data().toString()).endObject().raw(FRAME_END);
        response.add(out.buffer(), out.length());
    }

    /** -1 for a client that wants only what happens from now on. */
    private static long lastSeen(Exchange exchange) {
        String id = exchange.header("Last-Event-ID").orElse("-1");
        try {
            return Long.parseLong(id.strip());
        } catch (NumberFormatException _) {
            throw Refusal.invalid("Last-Event-ID", "expected a whole number, found " + id);
        }
    }
}
