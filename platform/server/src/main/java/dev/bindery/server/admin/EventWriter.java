package dev.bindery.server.admin;

import dev.bindery.host.Event;
import dev.bindery.server.http.ResponseStream;
import dev.bindery.server.json.JsonText;
import java.util.function.Predicate;

/**
 * Writes events as server-sent events, each once and in the order of their ids. The ids have no
 * holes, so a hole tells that events were lost on their way here; the client is told so with an
 * event {@code gap}. For one thread.
 */
final class EventWriter {
    private static final byte[] OPENING = JsonText.utf8(": events\n\n");
    private static final byte[] FRAME_END = JsonText.utf8("\n\n");

    private final ResponseStream response;
    private final Predicate<Event> wanted;
    private long last;

    /**
     * @param last the id of the last event that the client knows of
     */
    EventWriter(ResponseStream response, Predicate<Event> wanted, long last) {
        this.response = response;
        this.wanted = wanted;
        this.last = last;
        response.add(OPENING, OPENING.length);
    }

    void event(Event event) {
        if (event.id() <= last) {
            return;
        }
        upTo(event.id() - 1);
        last = event.id();
        if (wanted.test(event)) {
            add(event);
        }
    }

    /** Says so when events up to that id were never seen here. */
    void upTo(long id) {
        if (id > last) {
            long from = last + 1;
            last = id;
            gap(from, id, "these events were lost; some of them may be such as you asked for");
        }
    }

    /**
     * The client knows ids that this host has not given out: its numbers began anew.
     *
     * @param latest the latest one given out
     * @param start where the client is to begin with
     */
    void unknown(long latest, long start) {
        long known = last;
        last = start;
        gap(latest + 1, known, "no event of this host has these ids; what it knows of follows");
    }

    /** With the id, so that a client that asked for few events resumes where it really was. */
    void keepAlive() {
        byte[] frame = JsonText.utf8(": keep-alive\nid: " + last + "\n\n");
        response.add(frame, frame.length);
    }

    /** False when the client is gone. */
    boolean flush() {
        return response.flush();
    }

    private void gap(long from, long to, String message) {
        JsonText out = new JsonText();
        out.raw(JsonText.utf8("id: " + last + "\nevent: gap\ndata: "));
        out.beginObject().field("from").number(from).field("to").number(to);
        out.field("message").text(message).endObject().raw(FRAME_END);
        response.add(out.buffer(), out.length());
    }

    private void add(Event event) {
        JsonText out = new JsonText();
        out.raw(JsonText.utf8("id: " + event.id() + "\nevent: " + event.topic() + "\ndata: "));
        out.beginObject().field("id").number(event.id());
        out.field("time").text(event.time().toString());
        out.field("level").text(event.level());
        out.field("topic").text(event.topic());
        out.field("subject").text(event.subject());
        out.field("message").text(event.message());
        event.binding().ifPresent(binding -> out.field("binding").text(binding));
        event.instance().ifPresent(instance -> out.field("instance").text(instance));
        out.field("data").value(event.data().toString()).endObject().raw(FRAME_END);
        response.add(out.buffer(), out.length());
    }
}
