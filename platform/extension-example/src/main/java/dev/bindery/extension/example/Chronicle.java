package dev.bindery.extension.example;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/** Remembers what bindings went through, and tells it in the shell. Thread-safe. */
public final class Chronicle implements EventHandler {
    private static final int MOST = 100;

    private final Deque<String> latest = new ArrayDeque<>();

    @Override
    public synchronized void handleEvent(Event event) {
        latest.addLast(
                "%s became %s"
                        .formatted(
                                event.getProperty("subject"),
                                event.getTopic().substring("dev/bindery/binding/".length())));
        if (latest.size() > MOST) {
            latest.removeFirst();
        }
    }

    /** The command {@code example:chronicle}; Gogo finds it by its name. */
    @Descriptor("tell what the bindings went through since this extension came")
    public synchronized String chronicle() {
        return String.join("\n", latest);
    }
}
